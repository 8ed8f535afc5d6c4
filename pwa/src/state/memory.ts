/**
 * The view of one network, in memory: server rows united with what this tablet wrote.
 *
 * Indexed by kind, scope and single fields, so that one change costs one record and never
 * a walk over all of them. Computed, never stored: nothing here can disagree with the disk.
 */
import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { canonical } from "../domain/canonical";
import { isDeleted, unite, type Change, type Registers } from "../domain/registers";
import type { Kind } from "../generated/records";
import type { RecordView, SetAside, Status } from "./types";
import { viewOf } from "./views";

/** What the cache has of a record. */
export interface ServerRow {
  id: string;
  kind: Kind;
  scope: string;
  seq: number;
  fields: Registers;
}

/** A change of this person's that the server's rows may not show yet. */
export interface Local {
  change: Omit<Change, "n">;
  n: number;
  place: "saving" | "waiting" | "acknowledged";
  status: "applied" | "set_aside" | "purged" | null;
  seq: number;
  frozen: boolean;
  editing: boolean;
  /** Why it was not accepted (yet). */
  reason: SetAside["reason"] | null;
  field: string | null;
}

/** Which scopes the server grants, and how new its word is. */
export interface Holding {
  scopes: ReadonlySet<string> | null;
  scopesHead: number;
  dropped: ReadonlySet<string>;
}

interface Listing {
  ids: string[];
  views: RecordView[];
  shown: Signal<readonly RecordView[]>;
}

const BULK = 50;

/** Where the id stands, or would stand, in an ascending array. */
function place(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Memory {
  private rows = new Map<string, ServerRow>();
  private locals = new Map<string, Map<string, Local>>();
  private views = new Map<string, RecordView>();
  private byKind = new Map<Kind, Set<string>>();
  private shown = new Map<string, Signal<RecordView | undefined>>();
  private listings = new Map<string, Listing>();
  private indexed = new Map<Kind, Set<string>>();
  private holding: Holding = { scopes: null, scopesHead: 0, dropped: new Set() };
  /** Scopes that the server grants, and those of what was begun here. */
  readonly scopes = signal<readonly string[]>([]);

  /** Replace everything: another network was opened, or the history changed. */
  replace(rows: readonly ServerRow[], locals: readonly Local[], holding: Holding): void {
    const before = [...this.rows.keys(), ...this.locals.keys()];
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.locals = new Map();
    this.holding = holding;
    for (const local of locals) this.place(local);
    this.takeScopes();
    this.update(new Set([...before, ...this.rows.keys(), ...this.locals.keys()]));
  }

  /** The server's newest word on scopes. Own changes of a dropped one leave the view. */
  hold(holding: Holding): void {
    const before = canonical(holdingJson(this.holding));
    if (canonical(holdingJson(holding)) === before) return;
    this.holding = holding;
    this.takeScopes();
    this.update([...this.locals.keys()]);
  }

  private takeScopes(): void {
    const begun = this.allLocals()
      .filter((local) => local.place !== "acknowledged")
      .map((local) => local.change.scope);
    const all = [...(this.holding.scopes ?? []), ...begun];
    const fresh = [...new Set(all)].filter((scope) => !this.holding.dropped.has(scope)).sort();
    if (fresh.join(" ") !== this.scopes.peek().join(" ")) this.scopes.value = fresh;
  }

  /** What disk says of some records, in place of what was known. */
  renew(ids: readonly string[], rows: readonly ServerRow[], locals: readonly Local[]): void {
    for (const id of ids) {
      this.rows.delete(id);
      const saving = [...this.localsOf(id)].filter((local) => local.place === "saving");
      this.locals.delete(id);
      for (const local of saving) this.place(local);
    }
    for (const row of rows) this.rows.set(row.id, row);
    for (const local of locals) this.place(local);
    this.update(ids);
  }

  /** Put a change where the view finds it; `instead` leaves. */
  put(local: Local, instead?: string): void {
    if (instead !== undefined) this.locals.get(local.change.record)?.delete(instead);
    this.place(local);
    if (!this.scopes.peek().includes(local.change.scope)) this.takeScopes();
    this.update([local.change.record]);
  }

  private place(local: Local): void {
    const { record, id } = local.change;
    const known = this.locals.get(record) ?? new Map<string, Local>();
    this.locals.set(record, known.set(id, local));
  }

  localsOf(record: string): Iterable<Local> {
    return this.locals.get(record)?.values() ?? [];
  }

  local(record: string, changeId: string): Local | undefined {
    return this.locals.get(record)?.get(changeId);
  }

  /** Every change of this tablet's, in the order of writing. */
  allLocals(): Local[] {
    const all = [...this.locals.values()].flatMap((each) => [...each.values()]);
    return all.sort((a, b) => a.n - b.n);
  }

  /** The server has something of it, as far as this tablet knows. */
  isOnServer(id: string): boolean {
    if (this.rows.has(id)) return true;
    return [...this.localsOf(id)].some((local) => local.status === "applied");
  }

  /** Heads as the person sees them: set-aside changes and dropped scopes are not in them. */
  registersOf(id: string): Registers {
    const row = this.rows.get(id);
    const changes = [...this.localsOf(id)].filter((local) => this.isInView(local, row?.seq ?? 0));
    return unite(
      row?.fields ?? {},
      changes.map((local) => ({ ...local.change, n: local.n })),
    );
  }

  private isInView(local: Local, rowSeq: number): boolean {
    const { scope } = local.change;
    const { scopes, scopesHead, dropped } = this.holding;
    const isHeld = scopes === null || scopes.has(scope);
    if (local.place !== "acknowledged") return isHeld || !dropped.has(scope);
    if (local.status !== "applied" || local.seq <= rowSeq) return false;
    return isHeld || (!dropped.has(scope) && local.seq > scopesHead);
  }

  view(id: string): RecordView | undefined {
    return this.views.get(id);
  }

  scopeAndKind(id: string): { kind: Kind; scope: string } | undefined {
    const [local] = this.localsOf(id);
    return this.rows.get(id) ?? local?.change;
  }

  record(id: string): ReadonlySignal<RecordView | undefined> {
    let found = this.shown.get(id);
    if (!found) this.shown.set(id, (found = signal(this.views.get(id))));
    return found;
  }

  list(kind: Kind, scope?: string): ReadonlySignal<readonly RecordView[]> {
    return this.listing(scope === undefined ? kind : `${kind}|${scope}`, kind).shown;
  }

  /** Records of a kind whose field holds this value: an index, kept from the first use on. */
  listBy(kind: Kind, field: string, value: string): ReadonlySignal<readonly RecordView[]> {
    const fields = this.indexed.get(kind) ?? new Set<string>();
    this.indexed.set(kind, fields.add(field));
    return this.listing(`${kind}|${field}=${value}`, kind).shown;
  }

  private listing(key: string, kind: Kind): Listing {
    const known = this.listings.get(key);
    if (known) return known;
    const made: Listing = { ids: [], views: [], shown: signal([]) };
    this.listings.set(key, made);
    this.fill(key, kind, made);
    return made;
  }

  private fill(key: string, kind: Kind, listing: Listing): void {
    const all = [...(this.byKind.get(kind) ?? [])].map((id) => this.views.get(id)!);
    const mine = all.filter((view) => this.keysOf(view).includes(key));
    mine.sort((a, b) => (a.id < b.id ? -1 : 1));
    listing.ids = mine.map((view) => view.id);
    listing.views = mine;
    listing.shown.value = mine;
  }

  /** The lists that a record stands in. */
  private keysOf(view: RecordView): string[] {
    const { kind, scope } = view;
    const keys = [kind, `${kind}|${scope}`];
    for (const field of this.indexed.get(kind) ?? []) {
      const value = (view.fields as unknown as Record<string, unknown>)[field];
      keys.push(`${kind}|${field}=${String(value)}`);
    }
    return keys;
  }

  /** Compute these records again, and tell whoever shows them. */
  private update(ids: Iterable<string>): void {
    const wanted = [...ids];
    batch(() => {
      const refill = wanted.length > BULK ? new Set<string>() : null;
      for (const id of wanted) this.updateOne(id, refill);
      for (const key of refill ?? []) {
        const listing = this.listings.get(key);
        if (listing) this.fill(key, key.split("|", 1)[0] as Kind, listing);
      }
    });
  }

  private updateOne(id: string, refill: Set<string> | null): void {
    const before = this.views.get(id);
    const after = this.compute(id);
    if (after) {
      this.views.set(id, after);
      this.byKind.set(after.kind, (this.byKind.get(after.kind) ?? new Set<string>()).add(id));
    } else {
      this.views.delete(id);
      if (before) this.byKind.get(before.kind)?.delete(id);
    }
    const shown = this.shown.get(id);
    if (shown) shown.value = after;
    const keysBefore = before ? this.keysOf(before) : [];
    const keysAfter = after ? this.keysOf(after) : [];
    for (const key of new Set([...keysBefore, ...keysAfter])) {
      if (refill) refill.add(key);
      else this.enter(key, id, keysAfter.includes(key) ? after : undefined);
    }
  }

  private enter(key: string, id: string, view: RecordView | undefined): void {
    const listing = this.listings.get(key);
    if (!listing) return;
    const at = place(listing.ids, id);
    const isThere = listing.ids[at] === id;
    const views = listing.views.slice();
    if (view === undefined) {
      if (!isThere) return;
      listing.ids.splice(at, 1);
      views.splice(at, 1);
    } else {
      listing.ids.splice(at, isThere ? 1 : 0, id);
      views.splice(at, isThere ? 1 : 0, view);
    }
    listing.views = views;
    listing.shown.value = views;
  }

  private compute(id: string): RecordView | undefined {
    const address = this.scopeAndKind(id);
    if (!address) return undefined;
    const registers = this.registersOf(id);
    const isEmpty = Object.values(registers).every((heads) => heads.length === 0);
    if (isEmpty || isDeleted(registers)) return undefined;
    return viewOf(id, address.kind, address.scope, registers, this.statusOf(id));
  }

  private statusOf(id: string): Status {
    const places = new Set<string>();
    for (const local of this.localsOf(id)) places.add(local.place);
    if (places.has("saving")) return "saving";
    return places.has("waiting") ? "on_tablet" : "on_server";
  }
}

function holdingJson({ scopes, scopesHead, dropped }: Holding) {
  return { scopes: scopes && [...scopes].sort(), scopesHead, dropped: [...dropped].sort() };
}
