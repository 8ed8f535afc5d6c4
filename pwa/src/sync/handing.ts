/**
 * Brings to the server what others handed over as a file (docs/sync-protocol.md, 8 and 9): each
 * change as its author's own. Their own tablets send the same later, and it stays one.
 */
import { readHandedIn } from "../db/handed";
import type { Outbox } from "../db/outbox";
import { ask } from "./api";

const PART = 400;

/** The ids that the server has taken in of one network; what it cannot take yet stays here. */
export async function bringHanded(
  outbox: Outbox,
  network: string,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const brought = new Set<string>();
  const handed = (await readHandedIn(outbox)).filter((each) => each.network === network);
  const parts = [];
  for (let from = 0; from < handed.length; from += PART)
    parts.push(handed.slice(from, from + PART));
  for (let part = parts.shift(); part; part = parts.shift()) {
    const file = { format: "rounds-rescue", version: 1, changes: part };
    const answer = await ask("POST", `/networks/${network}/carry`, file, signal);
    if (answer?.status === 413 && part.length > 1) {
      const half = Math.ceil(part.length / 2);
      parts.unshift(part.slice(0, half), part.slice(half));
    } else if (answer?.status === 200) {
      for (const { change } of part) brought.add(change.id);
    } else if (answer?.status !== 413) break;
  }
  return brought;
}
