/**
 * Live lists of records, indexed by kind, scope and single fields: a record that changes
 * enters and leaves its own lists alone. Must not know where a record's words come from.
 */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Kind } from "../generated/records";
import type { RecordView } from "./types";

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

/** What became of one record. */
export interface Move {
  id: string;
  before: RecordView | undefined;
  after: RecordView | undefined;
}

export class Listings {
  private byKind = new Map<Kind, Set<string>>();
  private listings = new Map<string, Listing>();
  private indexed = new Map<Kind, Set<string>>();

  constructor(private readonly viewOf: (id: string) => RecordView | undefined) {}

  /** Every record of a kind, of one scope where it is named. */
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
    const all = [...(this.byKind.get(kind) ?? [])].map((id) => this.viewOf(id)!);
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

  /** Follow what became of some records; of many at once, each list is filled anew. */
  follow(moves: readonly Move[]): void {
    const refill = moves.length > BULK ? new Set<string>() : null;
    for (const move of moves) this.followOne(move, refill);
    for (const key of refill ?? []) {
      const listing = this.listings.get(key);
      if (listing) this.fill(key, key.split("|", 1)[0] as Kind, listing);
    }
  }

  private followOne({ id, before, after }: Move, refill: Set<string> | null): void {
    if (after) {
      this.byKind.set(after.kind, (this.byKind.get(after.kind) ?? new Set<string>()).add(id));
    } else if (before) this.byKind.get(before.kind)?.delete(id);
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
}
