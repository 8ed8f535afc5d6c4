/**
 * What a person wrote, put together from changes: each record once, its newest words, and
 * beside them other versions that nothing replaced. Pure.
 */
import type { RescuedChange } from "../db/rescue-file";
import { FIELD_KINDS } from "../generated/records";

export type Place = "unsent" | "not_accepted" | "on_server";

/** One record as its author would read it. */
export interface Piece {
  record: string;
  kind: string;
  place: Place;
  /** Texts in the order of the record's fields; several of one field were never joined. */
  texts: string[];
  classroom: string | null;
  minute: number | null;
  deleted: boolean;
  written_at: string;
  order: number;
}

export const PLACES: readonly Place[] = ["unsent", "not_accepted", "on_server"];

export function placeOf({ state }: RescuedChange): Place {
  if (state === "waiting" || state === "held") return "unsent";
  return state === "applied" ? "on_server" : "not_accepted";
}

interface Change {
  id: string;
  n: number;
  kind: string;
  record: string;
  made_at: string;
  set: Record<string, unknown>;
  seen: Record<string, string[]>;
}

/** What no later change of this person replaced, oldest first. */
function standing(changes: readonly Change[], field: string): unknown[] {
  const setting = changes.filter((change) => field in change.set);
  const replaced = new Set(setting.flatMap((change) => change.seen[field] ?? []));
  return setting.filter((change) => !replaced.has(change.id)).map((change) => change.set[field]);
}

function textFields(kind: string): string[] {
  const kinds = (FIELD_KINDS as Record<string, Record<string, string>>)[kind];
  if (!kinds) return ["text"];
  return Object.keys(kinds).filter((field) => kinds[field] === "text");
}

function worstPlace(changes: readonly RescuedChange[]): Place {
  const found = new Set(changes.map(placeOf));
  return PLACES.find((place) => found.has(place))!;
}

function pieceOf(rescued: readonly RescuedChange[]): Piece {
  const changes = rescued.map(({ change }) => change as unknown as Change);
  changes.sort((a, b) => a.n - b.n);
  const last = changes.at(-1)!;
  const texts = textFields(last.kind).flatMap((field) => standing(changes, field));
  const one = (field: string) => standing(changes, field).at(-1);
  const [classroom, minute] = [one("classroom"), one("minute")];
  return {
    ...{ record: last.record, kind: last.kind, place: worstPlace(rescued) },
    texts: texts.filter((text): text is string => typeof text === "string" && text !== ""),
    classroom: typeof classroom === "string" ? classroom : null,
    minute: typeof minute === "number" ? minute : null,
    deleted: one("deleted") === true,
    written_at: changes[0]!.made_at,
    order: changes[0]!.n,
  };
}

/** Gathers changes as they come; a malformed one is counted and never in the way. */
export class Gathering {
  readonly counts: Record<Place, number> = { unsent: 0, not_accepted: 0, on_server: 0 };
  private readonly records = new Map<string, RescuedChange[]>();

  add(rescued: RescuedChange): void {
    this.counts[placeOf(rescued)] += 1;
    const { record, set, seen, kind } = rescued.change;
    if (typeof record !== "string" || typeof kind !== "string" || !set || !seen) return;
    this.records.set(record, [...(this.records.get(record) ?? []), rescued]);
  }

  /** What can be read, in the order of writing. What has no words is not listed. */
  pieces(): Piece[] {
    const all = [...this.records.values()].map(pieceOf);
    return all.filter(({ texts }) => texts.length > 0).sort((a, b) => a.order - b.order);
  }
}
