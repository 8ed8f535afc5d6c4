/** What leaves the outbox as a file, to be carried by hand. */
import { HANDED_KINDS } from "../domain/handed-changes";
import type { Change } from "../domain/registers";
import { inTransaction, type Outbox } from "./outbox";

/**
 * This person's changes of a round, to hand over: what waits and what a server has answered for.
 * What waits is frozen in the same transaction: from now on it is out of this tablet's hands, as
 * if it had been put into a request, so that what is typed next is a new change.
 */
export function freezeForHand(outbox: Outbox, network: string, round: string): Promise<Change[]> {
  const scopes = [`round:${round}`, `visitors:${round}`];
  const isOfRound = (each: { scope: string; change: { kind: string } }) =>
    scopes.includes(each.scope) && (HANDED_KINDS as string[]).includes(each.change.kind);
  return inTransaction(outbox, ["waiting", "acknowledged"], async (tx) => {
    const waiting = await tx.objectStore("waiting").index("network").getAll(network);
    const known = await tx.objectStore("acknowledged").index("network").getAll(network);
    const applied = known.filter((each) => each.status === "applied" && isOfRound(each));
    const going = waiting.filter((each) => !each.held && isOfRound(each));
    for (const entry of going) {
      if (!entry.frozen) await tx.objectStore("waiting").put({ ...entry, frozen: true });
    }
    return [...applied, ...going].map(({ change, n }) => ({ ...change, n }));
  });
}
