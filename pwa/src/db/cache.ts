/**
 * The cache: what the server said, and how far this device has read. Disposable: emptied or
 * lost, the next pull fills it again. Nothing that somebody typed here is only in here.
 */
import Dexie, { type Table } from "dexie";
import type { Kind } from "../generated/records";
import type { Registers } from "../domain/registers";

/** A merged record as the server sent it. */
export interface Row {
  network: string;
  id: string;
  kind: Kind;
  scope: string;
  seq: number;
  schema: number;
  deleted: boolean;
  fields: Registers;
  /** Of a history that the server no longer has; shown until replaced. */
  old?: boolean;
}

/** How far one network was read. */
export interface Reading {
  network: string;
  cursors: Record<string, number>;
  synced: number | null;
  grants: string | null;
  /** Held scopes; null before the first pull. */
  scopes: string[] | null;
  /** The head of the reply that said so. */
  scopes_head: number;
  /** Scopes that were held once: own changes of them leave the view. */
  dropped: string[];
  durable: number;
  generation: number;
  /** Rows of a lost history are still shown. */
  holds_old: boolean;
  /** Large scopes that are being read from their beginning: how far each came. */
  snapshots?: Record<string, SnapshotBegun>;
  /** Scopes that the server calls archived, and those of them that lie in packs here. */
  archived?: string[];
  packed?: string[];
  /** When the server was last heard; absent before that. */
  contact?: ContactMade;
}

/** Both clocks at the last contact, and how much time is known to have passed since. */
export interface ContactMade {
  server: number;
  wall: number;
  passed: number;
}

/** What the first attempt was told, and the last record that is stored. */
export interface SnapshotBegun {
  head: number;
  chain: string;
  after: string;
}

/** Some records of an archived scope, in the order of ids; `part` is not above the first. */
export interface Pack {
  network: string;
  scope: string;
  part: string;
  rows: Row[];
}

const VERSION = 1;

export class Cache extends Dexie {
  records!: Table<Row, [string, string]>;
  readings!: Table<Reading, string>;
  packs!: Table<Pack, [string, string, string]>;

  constructor(personId: string) {
    super(`rounds-cache-${personId}`);
    this.version(VERSION).stores({
      records: "[network+id], [network+scope], network",
      readings: "network",
      packs: "[network+scope+part], [network+scope]",
    });
  }

  /** Open it as this release has it. Dexie would mend another's: its rows may be keyed otherwise. */
  async openOwn(): Promise<void> {
    await this.open();
    if (this.backendDB().version !== VERSION * 10) throw new Error("a cache of another release");
  }
}

/**
 * Forget everything that was read from the server: others' words do not stay on a tablet whose
 * person signed out. What the person wrote lies in the outbox and is not touched.
 */
export async function emptyCache(personId: string): Promise<void> {
  const cache = new Cache(personId);
  try {
    await cache.transaction("rw", cache.tables, () =>
      Promise.all(cache.tables.map((table) => table.clear())),
    );
  } finally {
    cache.close();
  }
}

export async function contactOf(cache: Cache, network: string): Promise<ContactMade | undefined> {
  return (await cache.readings.get(network))?.contact;
}

/** Whether it is kept. Where nothing was read yet, nothing is to be locked, and nothing is. */
export async function keepContact(
  cache: Cache,
  network: string,
  contact: ContactMade,
): Promise<boolean> {
  return (await cache.readings.update(network, { contact })) > 0;
}
