/**
 * On which side of a line a value lies: twin of server/domain/sides.py. Within 1e-12 of the
 * line, relative to the larger of the two, a value lies on it, since sums are not exact.
 */
const ON_THE_LINE = 1e-12;

/** 1 above, -1 below, 0 on the line. */
export function sideOf(value: number, line: number): number {
  if (Math.abs(value - line) <= ON_THE_LINE * Math.max(Math.abs(value), Math.abs(line))) return 0;
  return value > line ? 1 : -1;
}

/** Whether the value lies below the lower or above the upper limit. */
export function isBeyond(value: number, low: number | null, high: number | null): boolean {
  const below = low !== null && sideOf(value, low) < 0;
  return below || (high !== null && sideOf(value, high) > 0);
}
