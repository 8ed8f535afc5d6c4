/**
 * What every way of reading is given, and whom it tells of what it stored.
 */
import { forgetRecords } from "../db/acknowledgements";
import type { Cache } from "../db/cache";
import { readingOf } from "../db/reading";
import type { Outbox } from "../db/outbox";
import type { Stored } from "../db/pages";
import { generationOf } from "../db/witness";
import type { Moved } from "./leader";

export interface Pulling {
  outbox: Outbox;
  cache: Cache;
  network: string;
  /** Aborts when this person is signed out: nothing is read after that. */
  signal?: AbortSignal | undefined;
  /** Hears that our server answered, and what its clock says. */
  heard?: ((at: number | null) => void) | undefined;
  /** Hears which records changed; awaited, so that a page is on screen before the next. */
  changed: (network: string, records: Moved) => Promise<void>;
}

/** Tell what was stored to whoever shows it; a purge ends acknowledged copies at once. */
export async function announce(pulling: Pulling, stored: Stored): Promise<void> {
  const { outbox, network } = pulling;
  if (stored.purged.length > 0) await forgetRecords(outbox, network, stored.purged);
  await pulling.changed(network, stored.changed);
}

/** After a reset, also one by another tab or cut short: the cache belongs to this history. */
export async function align(outbox: Outbox, cache: Cache, network: string): Promise<void> {
  await readingOf(cache, network, await generationOf(outbox, network));
}
