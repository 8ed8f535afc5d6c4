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
  for (let from = 0; from < handed.length; from += PART) {
    const part = handed.slice(from, from + PART);
    const file = { format: "rounds-rescue", version: 1, changes: part };
    const answer = await ask("POST", `/networks/${network}/carry`, file, signal);
    if (answer?.status !== 200) break;
    for (const { change } of part) brought.add(change.id);
  }
  return brought;
}
