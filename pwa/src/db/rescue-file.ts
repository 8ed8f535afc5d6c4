/**
 * The rescue file: a person's changes as a tablet holds them (docs/sync-protocol.md, 8).
 *
 * Written by the app and by rescue.html, which must work when the app does not: knows the
 * shapes of the outbox and nothing that opens it. Pure.
 */
import type { Acknowledged, Entry } from "./outbox";

export interface RescuedChange {
  network: string;
  state: "waiting" | "held" | Acknowledged["status"];
  seq: number | null;
  reason: string | null;
  field: string | null;
  /** As it would be sent. */
  change: Record<string, unknown>;
}

export function rescuedEntry({ network, n, change, held }: Entry): RescuedChange {
  const state = held ? "held" : "waiting";
  const why = { reason: held?.why ?? null, field: held?.field ?? null };
  return { network, state, seq: null, ...why, change: { ...change, n } };
}

export function rescuedAcknowledged(known: Acknowledged): RescuedChange {
  const { network, n, change, status: state, seq, reason, field } = known;
  return { network, state, seq, reason, field, change: { ...change, n } };
}

/** Who is signed in, as the tablet remembers it. */
export interface Account {
  person: { id: string; name?: string };
  memberships?: { member_id: string; network: { id: string; name?: string } }[];
}

/** Everything of the file but its changes: an object that is still open. */
export function rescueHead(account: Account, app: string, now: Date): string {
  const memberships = (account.memberships ?? []).map(({ member_id: member, network }) => ({
    ...{ network: network.id, name: network.name ?? "", member },
  }));
  const made_at = `${now.toISOString().slice(0, 19)}Z`;
  const head = { format: "rounds-rescue", version: 1, made_at, app };
  const whole = JSON.stringify({ ...head, person: account.person.id, memberships }, null, 1);
  return `${whole.slice(0, -2)},\n "changes": [`;
}

export const RESCUE_FOOT = "\n]}\n";

/** The whole file at once, for an app that holds everything in memory anyway. */
export function rescueFile(
  account: Account,
  changes: readonly RescuedChange[],
  app: string,
  now: Date,
): string {
  const lines = changes.map((change) => `\n${JSON.stringify(change)}`);
  return rescueHead(account, app, now) + lines.join(",") + RESCUE_FOOT;
}
