/**
 * The history that this device was told of, and the number of its newest request.
 *
 * Numbers in brackets are sections of docs/sync-protocol.md. A reply to anything but the
 * newest request changes nothing [3], whichever tab or worker sent it.
 */
import { inTransaction, type Outbox, type Transaction, type Witness } from "./outbox";

/** What a request says of itself: its number, and the history that the device knows. */
export interface Claim {
  request: number;
  head: number;
  chain: string;
  generation: number;
}

export interface Told {
  epoch: string;
  head: number;
  chain: string;
}

export const unknownHistory = (network: string): Witness => ({
  network,
  head: 0,
  chain: "",
  epoch: null,
  request: 0,
  generation: 0,
});

export async function witnessOf(tx: Transaction, network: string): Promise<Witness> {
  return (await tx.objectStore("witness").get(network)) ?? unknownHistory(network);
}

export async function generationOf(outbox: Outbox, network: string): Promise<number> {
  return inTransaction(
    outbox,
    ["witness"],
    async (tx) => (await witnessOf(tx, network)).generation,
    "readonly",
  );
}

export async function nextClaim(tx: Transaction, network: string): Promise<Claim> {
  const witness = await witnessOf(tx, network);
  const request = witness.request + 1;
  await tx.objectStore("witness").put({ ...witness, request });
  return { request, head: witness.head, chain: witness.chain, generation: witness.generation };
}

/** Number a request that carries no change: from here on all earlier ones are late. */
export function claimRequest(outbox: Outbox, network: string): Promise<Claim> {
  return inTransaction(outbox, ["witness"], (tx) => nextClaim(tx, network));
}

export type Belief = "believed" | "late" | "diverged";

/** Epoch, lateness, witness [3]. Unless "believed", nothing in the reply may be used. */
export async function believe(
  tx: Transaction,
  network: string,
  request: number,
  told: Told,
): Promise<Belief> {
  const witness = await witnessOf(tx, network);
  if (witness.request !== request) return "late";
  if (witness.epoch !== null && witness.epoch !== told.epoch) return "diverged";
  const raised = told.head > witness.head ? { head: told.head, chain: told.chain } : {};
  await tx.objectStore("witness").put({ ...witness, ...raised, epoch: told.epoch });
  return "believed";
}

export function raiseWitness(
  outbox: Outbox,
  network: string,
  request: number,
  told: Told,
): Promise<Belief> {
  return inTransaction(outbox, ["witness"], (tx) => believe(tx, network, request, told));
}

/** Whether nothing was asked since: only then may more of a long answer be used. */
export function isNewest(outbox: Outbox, network: string, request: number): Promise<boolean> {
  const look = async (tx: Transaction) => (await witnessOf(tx, network)).request === request;
  return inTransaction(outbox, ["witness"], look, "readonly");
}
