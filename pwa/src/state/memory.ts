/**
 * The view of one network, in memory: server rows united with what this tablet wrote.
 *
 * One change costs one record and never a walk over all of them (listings.ts). Computed, never stored: nothing here can disagree with the disk.
 */
import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { canonical } from "../domain/canonical";
import { isDeleted, unite, type Change, type Registers } from "../domain/registers";
import type { Kind } from "../generated/records";
import { Listings } from "./listings";
import { unlocked } from "./locking";
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

/** A change that the server's rows may not show yet: this person's, or `handed` by another. */
export interface Local {
  change: Omit<Change, "n">;
  n: number;
  place: "saving" | "waiting" | "acknowledged" | "handed";
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

export class Memory {
  private rows = new Map<string, ServerRow>();
  /** Others' records are locked for this member; null: nothing is. */
  private lockedFor: string | null = null;
  private locals = new Map<string, Map<string, Local>>();
  private views = new Map<string, RecordView>();
  private shown = new Map<string, Signal<RecordView | undefined>>();
  private listings = new Listings((id) => this.views.get(id));
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

  /** The server's newest word on scopes. Own changes of a dropped one leave the view, but notes. */
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

  /** Whether any of these rows of the server's is here. */
  holdsAny(which: (row: ServerRow) => boolean): boolean {
    return [...this.rows.values()].some(which);
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

  /** Heads as the person sees them: what was set aside or dropped is not in them, but own notes. */
  registersOf(id: string): Registers {
    const row = this.rows.get(id);
    const kind = this.scopeAndKind(id)?.kind;
    const changes = [...this.localsOf(id)].filter(
      (local) => local.change.kind === kind && this.isInView(local, row?.seq ?? 0),
    );
    return unite(
      row ? unlocked(row, this.lockedFor) : {},
      changes.map((local) => ({ ...local.change, n: local.n })),
    );
  }

  /** After weeks without contact, of what is shared only one's own words and the day's plan. */
  lock(member: string | null): void {
    if (member === this.lockedFor) return;
    this.lockedFor = member;
    this.update([...this.rows.keys()]);
  }

  private isInView(local: Local, rowSeq: number): boolean {
    const { scope } = local.change;
    const { scopes, scopesHead, dropped } = this.holding;
    const isHeld = scopes === null || scopes.has(scope) || isAuthorsAlone(scope);
    if (local.place !== "acknowledged") return isHeld || !dropped.has(scope);
    if (local.status !== "applied" && !waitsForMembership(local)) return false;
    if (local.seq <= rowSeq) return false;
    return isHeld || (!dropped.has(scope) && local.seq > scopesHead);
  }

  view(id: string): RecordView | undefined {
    return this.views.get(id);
  }

  scopeAndKind(id: string): { kind: Kind; scope: string } | undefined {
    const locals = [...this.localsOf(id)];
    const local = locals.find(({ place }) => place !== "handed") ?? locals[0];
    return this.rows.get(id) ?? local?.change;
  }

  record(id: string): ReadonlySignal<RecordView | undefined> {
    let found = this.shown.get(id);
    if (!found) this.shown.set(id, (found = signal(this.views.get(id))));
    return found;
  }

  list(kind: Kind, scope?: string): ReadonlySignal<readonly RecordView[]> {
    return this.listings.list(kind, scope);
  }

  /** Records of a kind whose field holds this value: an index, kept from the first use on. */
  listBy(kind: Kind, field: string, value: string): ReadonlySignal<readonly RecordView[]> {
    return this.listings.listBy(kind, field, value);
  }

  /** Compute these records again, and tell whoever shows them. */
  private update(ids: Iterable<string>): void {
    const moves = [...ids].map((id) => ({
      id,
      before: this.views.get(id),
      after: this.compute(id),
    }));
    batch(() => {
      for (const { id, after } of moves) {
        if (after) this.views.set(id, after);
        else this.views.delete(id);
        const shown = this.shown.get(id);
        if (shown) shown.value = after;
      }
      this.listings.follow(moves);
    });
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
    return places.has("waiting") || places.has("handed") ? "on_tablet" : "on_server";
  }
}

/**
 * Nobody else ever had anything of it: who is removed from the network in the middle of a visit
 * still sees what they wrote, and writes on.
 */
function isAuthorsAlone(scope: string): boolean {
  return scope.startsWith("own:");
}

/** Set aside, and only because its author is no member any more: it is taken when they are again. */
function waitsForMembership({ change, reason }: Local): boolean {
  return reason === "access" && isAuthorsAlone(change.scope);
}

function holdingJson({ scopes, scopesHead, dropped }: Holding) {
  return { scopes: scopes && [...scopes].sort(), scopesHead, dropped: [...dropped].sort() };
}
