/**
 * Reads what is new in one network, page by page (docs/sync-protocol.md, 4).
 *
 * The witness is raised before a page is stored: a device that dies in between asks again,
 * one that did it the other way round would never notice that the server's history changed.
 */
import { forgetAcknowledged, forgetHistory } from "../db/acknowledgements";
import type { Cache, Reading } from "../db/cache";
import { readChanges, type Acknowledged, type Outbox } from "../db/outbox";
import { rowsAt } from "../db/packs";
import { storePage, tidyPacks, type Page } from "../db/pages";
import { claimRequest, raiseWitness, type Claim, type Told } from "../db/witness";
import { keepAsOld, readingOf } from "../db/reading";
import { ask } from "./api";
import { align, announce, type Pulling } from "./pulling";
import { DONE, later, type Outcome } from "./sender";
import { takeSnapshot } from "./snapshot";

const PAGE = 500;
const PAGES = 10_000;
const RESETS = 2;
/** Says that this device takes large scopes by snapshot. */
const SNAPSHOTS = { "Sync-Snapshots": "1" };
const DAY_MS = 24 * 60 * 60 * 1000;
const RETAIN_DAYS = 30;
const LONGEST_DAYS = 90;
/** Less than the 400 for which the server tells deletions. */
const LEFT_DAYS = 390;

/** Read until there is no more; a large scope by snapshot, or by pull where that fails. */
export async function pullAll(pulling: Pulling): Promise<Outcome> {
  let resets = 0;
  let inPages = false;
  for (let page = 0; page < PAGES; page++) {
    const step = await pullPage(pulling, inPages);
    if (step === "diverged" && ++resets > RESETS) return later();
    if (step === "by_pull") inPages = true;
    if (typeof step === "object") return step;
  }
  return later();
}

type Step = "more" | "by_pull" | "diverged" | Outcome;

async function pullPage(pulling: Pulling, inPages: boolean): Promise<Step> {
  const { outbox, cache, network } = pulling;
  const claim = await claimRequest(outbox, network);
  const reading = await readingOf(cache, network, claim.generation);
  if (wasLeftLongAgo(reading, Date.now())) return readAfresh(pulling, reading);
  const asked = question(network, claim, reading);
  const answer = await ask("POST", "/pull", asked, pulling.signal, inPages ? {} : SNAPSHOTS);
  if (answer === null) return later();
  if (answer.status === 409) return startOver(pulling);
  if (answer.status === 410) return readAfresh(pulling, reading);

  if (answer.status === 401) return { how: "signed_out" };
  if (answer.status === 404) return { how: "not_ours" };
  if (answer.status === 426) return { how: "too_old" };
  if (answer.status !== 200 || !isPage(answer.body)) return later(answer.retryAfterMs);
  pulling.heard?.(answer.at);
  return believe(pulling, claim, answer.body);
}

/**
 * Half read, and then away for longer than deletions are told: the server cannot see it, since
 * a cursor of a quiet scope is as old as one of a scope that was never read to its end.
 */
function wasLeftLongAgo({ synced, cursors, contact }: Reading, now: number): boolean {
  const isHalfRead = synced === null && Object.values(cursors).some((seq) => seq > 0);
  if (!isHalfRead || !contact) return false;
  return Math.max(contact.passed, now - contact.wall) > LEFT_DAYS * DAY_MS;
}

function question(network: string, claim: Claim, reading: Reading) {
  const { head, chain } = claim;
  const { synced, grants, cursors } = reading;
  return { network, head, chain, synced, grants, cursors, limit: PAGE };
}

function isPage(body: unknown): body is Told & Page {
  const page = body as Partial<Told & Page> | null;
  return (
    typeof page?.epoch === "string" &&
    typeof page.head === "number" &&
    typeof page.chain === "string" &&
    typeof page.more === "boolean" &&
    Array.isArray(page.rows)
  );
}

async function believe(pulling: Pulling, claim: Claim, page: Told & Page): Promise<Step> {
  const { outbox, cache, network } = pulling;
  const belief = await raiseWitness(outbox, network, claim.request, page);
  if (belief === "late") return later();
  if (belief === "diverged") return startOver(pulling);
  const stored = await storePage(cache, network, claim.generation, page);
  if (stored === null) return later();
  await announce(pulling, stored);
  for (const scope of page.large ?? []) {
    const taken = await takeSnapshot(pulling, scope);
    if (taken === "diverged") return startOver(pulling);
    if (taken !== "taken") return taken;
  }
  if (page.more) return "more";
  if (await tidyPacks(cache, network)) await pulling.changed(network, "everything");
  return DONE;
}

async function startOver(pulling: Pulling): Promise<Step> {
  const { outbox, cache, network } = pulling;
  await forgetHistory(outbox, network);
  await align(outbox, cache, network);
  await pulling.changed(network, "everything");
  return "diverged";
}

/**
 * 410: away for longer than deletions are kept, or no longer of those who may know where cards
 * come from, or now of them (docs/adr/0033). Everything is read again from the start.
 */
async function readAfresh(pulling: Pulling, reading: Reading): Promise<Step> {
  const { cache } = pulling;
  const { contact: _, ...known } = reading;
  const nothing = { cursors: {}, synced: null, grants: null, snapshots: {} };
  const afresh = { ...known, ...nothing, holds_old: true };
  await cache.transaction("rw", cache.tables, () => keepAsOld(cache, afresh));
  return "diverged";
}

function daysSince(held: Acknowledged, now: number): number {
  return (now - held.acked_at) / DAY_MS;
}

/** Kept long enough, in a backup: what is left to ask is whether its record has come. */
function isOld(held: Acknowledged, { durable }: Reading, now: number): boolean {
  const days = daysSince(held, now);
  const backedUp = days >= RETAIN_DAYS && held.seq <= durable;
  return held.status === "applied" && (backedUp || days >= LONGEST_DAYS);
}

/** An old one that nobody can lose any more: something else shows it, or nothing may. */
function hasServed(held: Acknowledged, reading: Reading, rowSeq: number, now: number): boolean {
  const isHeld = (reading.scopes ?? []).includes(held.scope);
  return rowSeq >= held.seq || !isHeld || daysSince(held, now) >= LONGEST_DAYS;
}

/** Let go of acknowledged changes that nobody can lose any more [6]. */
export async function retire(
  outbox: Outbox,
  cache: Cache,
  network: string,
  now: number,
): Promise<string[]> {
  const reading = await cache.readings.get(network);
  if (!reading) return [];
  const { acknowledged } = await readChanges(outbox, network);
  const old = acknowledged.filter((held) => isOld(held, reading, now));
  if (old.length === 0) return [];
  const rows = await rowsAt(
    cache,
    network,
    old.map(({ record: id, scope }) => ({ id, scope })),
  );
  const served = old.filter((held) =>
    hasServed(held, reading, rows.get(held.record)?.seq ?? 0, now),
  );
  await forgetAcknowledged(
    outbox,
    served.map((held) => held.id),
  );
  return served.map((held) => held.record);
}
