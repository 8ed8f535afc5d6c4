/** When somebody is told something again. Twin of server/domain/notices.py, which decides. */

const REMINDED_APART_MS = 24 * 60 * 60 * 1000;

/** From when on a host may be reminded (again), in milliseconds; 0 where nobody did yet. */
export function mayRemindFrom(last: string | null | undefined): number {
  const at = Date.parse(last ?? "");
  return Number.isNaN(at) ? 0 : at + REMINDED_APART_MS;
}
