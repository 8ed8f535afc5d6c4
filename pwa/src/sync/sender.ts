/**
 * Sends what waits in the outbox, batch by batch (docs/sync-protocol.md, 4).
 *
 * The service worker bundles this file: it knows the outbox and nothing of the cache or the
 * screens. Nothing is believed but an answer of our own server to the newest request, and
 * nothing is dropped for any answer.
 */
import { forgetHistory, holdBack, settle, type Result } from "../db/acknowledgements";
import { pickBatch, type Batch } from "../db/batches";
import { keep, readKept } from "../db/device";
import { closeOutbox, openOutbox, readEverything, type Outbox } from "../db/outbox";
import type { Told } from "../db/witness";
import { ask, introduceDevice, type Answer } from "./api";
import { tell, unlessBusy, type Moved } from "./leader";

/** How a round of sending or reading ended. */
export type Outcome =
  | { how: "done" }
  | { how: "later"; afterMs: number | null }
  | { how: "signed_out" }
  | { how: "not_ours" }
  | { how: "too_old" };

export const DONE: Outcome = { how: "done" };
export const later = (afterMs: number | null = null): Outcome => ({ how: "later", afterMs });

export const BATCH = 500;
const RESETS = 2;

export interface Sending {
  outbox: Outbox;
  person: string;
  network: string;
  /** The app's own version: what was refused is offered again when it changes. */
  version: string;
  now: () => number;
  /** Aborts when this person is signed out: nothing leaves after that. */
  signal?: AbortSignal | undefined;
  /** Hears which records' changes moved. */
  moved: (network: string, records: Moved) => void;
}

/** What one run has learned: how wide the way is, and what to leave for another run. */
interface Run {
  limit: number;
  skip: Set<string>;
  resets: number;
  failures: number;
}

/** Send all that is due in one network. */
export async function sendWaiting(sending: Sending): Promise<Outcome> {
  const run: Run = { limit: BATCH, skip: new Set(), resets: 0, failures: 0 };
  for (;;) {
    const { outbox, network, version } = sending;
    const picking = { now: sending.now(), limit: run.limit, version, skip: run.skip };
    const batch = await pickBatch(outbox, network, picking);
    if (batch === null) return run.failures > 0 ? later() : DONE;
    const { head, chain, changes } = batch;
    const answer = await ask("POST", "/push", { network, head, chain, changes }, sending.signal);
    const end = await take(sending, run, batch, answer);
    if (end !== null) return end;
  }
}

/** One answer to one batch. Null: go on. */
async function take(
  sending: Sending,
  run: Run,
  batch: Batch,
  answer: Answer | null,
): Promise<Outcome | null> {
  if (answer === null) return later();
  switch (answer.status) {
    case 200:
      return believe(sending, run, batch, answer.body);
    case 401:
      return { how: "signed_out" };
    case 404:
      return { how: "not_ours" };
    case 409:
      return startOver(sending, run);
    case 400:
    case 411:
    case 413:
    case 422:
      return narrow(sending, run, batch, answer.status);
    case 500:
      return stepAround(run, batch);
    default:
      return later(answer.retryAfterMs);
  }
}

function isReply(body: unknown): body is Told & { results: Result[] } {
  const reply = body as Partial<Told & { results: Result[] }> | null;
  return (
    typeof reply?.epoch === "string" &&
    typeof reply.head === "number" &&
    typeof reply.chain === "string" &&
    Array.isArray(reply.results)
  );
}

async function believe(
  sending: Sending,
  run: Run,
  batch: Batch,
  body: unknown,
): Promise<Outcome | null> {
  if (!isReply(body)) return later();
  const context = { now: sending.now(), version: sending.version };
  const { outbox, network } = sending;
  const { belief, records, foreign } = await settle(outbox, network, batch.request, body, context);
  if (belief === "diverged") return startOver(sending, run);
  if (foreign) return { how: "signed_out" };
  if (belief === "late" || records.length === 0) return later();
  sending.moved(network, records);
  return null;
}

/** 409, or another epoch: the history that we knew is gone. Offer everything again. */
async function startOver(sending: Sending, run: Run): Promise<Outcome | null> {
  await forgetHistory(sending.outbox, sending.network);
  sending.moved(sending.network, "everything");
  return ++run.resets > RESETS ? later() : null;
}

/** Too much at once: halve. A single change that cannot pass is held, the others go on. */
async function narrow(
  sending: Sending,
  run: Run,
  batch: Batch,
  status: number,
): Promise<Outcome | null> {
  if (batch.changes.length > 1) {
    run.limit = Math.ceil(batch.changes.length / 2);
    return null;
  }
  const [{ id, record }] = batch.changes as [Batch["changes"][0]];
  const why = status === 411 || status === 413 ? "too_large" : "refused";
  await holdBack(sending.outbox, id, why, sending.version);
  run.skip.add(id);
  run.limit = BATCH;
  sending.moved(sending.network, [record]);
  return null;
}

/** The server stumbles over something: find out whether it is one change, and go around it. */
function stepAround(run: Run, batch: Batch): Outcome | null {
  if (batch.changes.length > 1) {
    run.limit = Math.ceil(batch.changes.length / 2);
    return null;
  }
  run.skip.add(batch.changes[0]!.id);
  run.failures += 1;
  return run.failures > 1 ? later() : null;
}

/** Who is signed in, as kept on the tablet. */
interface SignedIn {
  person: { id: string };
}

/** Whether the session at the server is this person's. Null: nobody of ours answered. */
export async function sessionIsOf(personId: string, until?: AbortSignal): Promise<boolean | null> {
  const answer = await ask("GET", "/me", undefined, until);
  if (answer?.status === 401) return false;
  if (answer?.status !== 200) return null;
  return (answer.body as SignedIn).person.id === personId;
}

/**
 * From the worker, when the browser says that a network is there: a bonus, never needed. Ends
 * at once when `signal` aborts: what was not answered waits in the outbox for the page.
 */
export async function sendInBackground(version: string, signal: AbortSignal): Promise<void> {
  const me = await readKept<SignedIn>("me");
  introduceDevice((await readKept<string>("device_id")) ?? "");
  if (!me || (await sessionIsOf(me.person.id, signal)) !== true) return;
  const person = me.person.id;
  const outbox = openOutbox(person);
  try {
    await unlessBusy(person, () =>
      sendAll({ outbox, person, version, now: Date.now, moved, signal }),
    );
  } finally {
    await closeOutbox(outbox);
  }
  function moved(network: string, records: Moved): void {
    tell({ about: "records", person, network, records });
  }
}

/** Every network that has something to send; the first that cannot go on ends it. */
export async function sendAll(sending: Omit<Sending, "network">): Promise<Outcome> {
  const { waiting, acknowledged } = await readEverything(sending.outbox);
  const retried = acknowledged.filter((each) => each.retry);
  const networks = new Set([...waiting, ...retried].map((each) => each.network));
  let worst: Outcome = DONE;
  for (const network of networks) {
    const outcome = await sendWaiting({ ...sending, network });
    if (outcome.how === "signed_out") return outcome;
    if (outcome.how !== "done") worst = outcome;
  }
  return worst;
}

/** Remember who is signed in where the worker finds it. */
export function keepSignedIn(me: SignedIn | null): Promise<void> {
  return keep("me", me ?? undefined);
}
