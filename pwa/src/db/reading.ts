/**
 * How far one network was read, as the next question to the server needs it, and what a lost
 * history makes of what is here: nothing goes before something newer has come.
 */
import type { Cache, Reading } from "./cache";
import { markPacksOld } from "./packs";

export const nothingRead = (network: string, generation: number): Reading => ({
  network,
  cursors: {},
  synced: null,
  grants: null,
  scopes: null,
  scopes_head: 0,
  dropped: [],
  durable: 0,
  generation,
  holds_old: false,
});

/**
 * The reading to ask with. A cache of another generation belongs to a lost history: its rows
 * stay for display, marked old and without a number, and everything is read again.
 */
export function readingOf(cache: Cache, network: string, generation: number): Promise<Reading> {
  return cache.transaction("rw", cache.tables, async () => {
    const known = await cache.readings.get(network);
    if (known?.generation === generation) return known;
    const reading = { ...nothingRead(network, generation), ...keptFrom(known) };
    await keepAsOld(cache, reading);
    return reading;
  });
}

/** Everything is read again; until it comes, what is here is shown without a number. */
export async function keepAsOld(cache: Cache, reading: Reading): Promise<void> {
  const { network } = reading;
  await cache.records.where("network").equals(network).modify({ seq: 0, old: true });
  await markPacksOld(cache, network);
  await cache.readings.put(reading);
}

function keptFrom(known: Reading | undefined): Partial<Reading> {
  if (!known) return {};
  const { scopes, dropped, contact, packed, archived } = known;
  const more = {
    ...(contact && { contact }),
    ...(packed && { packed }),
    ...(archived && { archived }),
  };
  return { scopes, dropped, holds_old: true, ...more };
}
