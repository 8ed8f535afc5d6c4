/** A tablet for tests: real databases, the app's own notebook, sender and puller, no screen. */
import { Cache } from "../../pwa/src/db/cache";
import { closeOutbox, openOutbox, type Outbox } from "../../pwa/src/db/outbox";
import { canonical } from "../../pwa/src/domain/canonical";
import type { Kind, SetOf } from "../../pwa/src/generated/records";
import { Notebook } from "../../pwa/src/state/notebook";
import type { RecordView, SaveOptions } from "../../pwa/src/state/types";
import type { Moved } from "../../pwa/src/sync/leader";
import { align } from "../../pwa/src/sync/pulling";
import { pullAll, retire } from "../../pwa/src/sync/puller";
import { sendWaiting, type Outcome } from "../../pwa/src/sync/sender";
import type { Fault, FakeServer } from "./fake-server";

export class Tablet {
  outbox: Outbox;
  cache: Cache;
  book: Notebook;
  now = Date.UTC(2026, 10, 22, 9, 0, 0);
  version = "1";
  /** What the server calls archived to this tablet; null: it says nothing of it. */
  archived: Set<string> | null = null;

  private constructor(
    readonly server: FakeServer,
    readonly name: string,
    readonly member: string,
  ) {
    this.outbox = openOutbox(name);
    this.cache = new Cache(name);
    this.book = this.aBook();
  }

  static async open(server: FakeServer, member: string, name = member): Promise<Tablet> {
    const tablet = new Tablet(server, name, member);
    await tablet.book.load();
    return tablet;
  }

  private aBook(): Notebook {
    const { outbox, cache, member } = this;
    const network = this.server.network;
    return new Notebook({
      outbox,
      cache,
      network,
      member,
      now: () => this.now,
      saved: () => {},
    });
  }

  /** The app is closed and opened again: whatever could be written is on disk. */
  async restart(): Promise<void> {
    await this.book.flush();
    await this.reopen();
  }

  /** Opened again after a kill: only what is on disk is left. */
  async reopen(): Promise<void> {
    this.cache.close();
    await closeOutbox(this.outbox);
    this.outbox = openOutbox(this.name);
    this.cache = new Cache(this.name);
    this.book = this.aBook();
    await this.book.load();
  }

  save<K extends Kind>(
    kind: K,
    id: string,
    scope: string,
    set: SetOf<K>,
    options?: SaveOptions,
  ): Promise<void> {
    return this.book.save(kind, id, scope, set, options);
  }

  record<K extends Kind>(_kind: K, id: string): RecordView<K> | undefined {
    return this.book.memory.view(id) as RecordView<K> | undefined;
  }

  /** The texts that the person sees of a record, the winner first. */
  texts(id: string): string[] {
    const view = this.record("note", id);
    if (!view) return [];
    return view.versions["text"]?.map((each) => String(each.value)) ?? [view.fields.text];
  }

  private reach(faults: Fault[]): void {
    this.server.session = this.member;
    this.server.archived = this.archived;
    this.server.faults = faults;
    globalThis.fetch = this.server.fetch as typeof fetch;
  }

  async push(...faults: Fault[]): Promise<Outcome> {
    this.reach(faults);
    const { outbox, member, version } = this;
    const moves: Promise<void>[] = [];
    const outcome = await sendWaiting({
      ...{ outbox, person: member, version, network: this.server.network },
      now: () => this.now,
      moved: (_network, records) => {
        const move = this.refresh(records);
        move.catch(() => undefined); // Heard below, when what is under way has ended.
        moves.push(move);
      },
    });
    await Promise.all(moves);
    return outcome;
  }

  async pull(...faults: Fault[]): Promise<Outcome> {
    this.reach(faults);
    const { outbox, cache } = this;
    const changed = (_network: string, records: Moved) => this.refresh(records);
    return pullAll({ outbox, cache, network: this.server.network, changed });
  }

  async sync(): Promise<void> {
    await this.push();
    await this.pull();
  }

  async refresh(records: Moved): Promise<void> {
    if (records === "everything") await align(this.outbox, this.cache, this.server.network);
    await this.book.refresh(records);
  }

  retire(): Promise<string[]> {
    return retire(this.outbox, this.cache, this.server.network, this.now);
  }

  /** Everything on screen, so that two tablets can be compared byte by byte. */
  shown(kinds: readonly Kind[]): string {
    const views = kinds.flatMap((kind) => [...this.book.memory.list(kind).value]);
    const plain = views.map(({ id, fields, versions }) => ({
      id,
      fields: Object.entries(fields).map(([name, value]) => [name, plainValue(value)]),
      versions: Object.entries(versions).map(([name, all]) => [
        name,
        all.map(({ ids, value }) => ({ ids: [...ids].sort(), value })),
      ]),
    }));
    return canonical(plain);
  }
}

function plainValue(value: unknown): unknown {
  return value instanceof Set ? [...(value as Set<string>)].sort() : value;
}
