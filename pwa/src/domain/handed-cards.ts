/**
 * Cards handed over as a file, where no network leads from one tablet to another: what the file
 * holds, how it is written, and how one is read (docs/sync-protocol.md, 9).
 *
 * It holds one person's changes of one round as they would be sent, so that the server knows
 * them again, whoever brings them. Never a note, a prediction or anything of `own:`. Pure.
 */
import { SCHEMA, SCOPE_OF, type Kind } from "../generated/records";
import { canonical } from "./canonical";
import { kindOfRegister, type Change } from "./registers";
import { sha256 } from "./sha256";

const FORMAT = "rounds-handed-cards";
const VERSION = 1;
/** A file of thirty people's cards is smaller by far. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** What is handed over: cards, where they are from, and what became of a visit. */
export const HANDED_KINDS: readonly Kind[] = [
  "card",
  "card_source",
  "slot",
  "classroom",
  "norms_agreement",
];

export interface HandedCards {
  network: string;
  round: string;
  /** The author of every change in it. */
  by: string;
  changes: Change[];
}

export type Refusal =
  | "not_cards"
  | "damaged"
  | "newer_app"
  | "other_network"
  | "other_round"
  | "nobody_here"
  | "own"
  | "empty";

/** The whole file. Its digest tells a file that was cut or changed on its way. */
export function writeHanded({ network, round, by, changes }: HandedCards, app: string): string {
  const head = { format: FORMAT, version: VERSION, schema: SCHEMA, app, network, round, by };
  const digest = sha256(canonical(changes));
  const lines = changes.map((change) => canonical(change)).join(",\n");
  return `${JSON.stringify({ ...head, digest }).slice(0, -1)},"changes":[\n${lines}\n]}\n`;
}

/** Where it is read: the open network and round, and whoever reads. */
export interface Reader {
  network: string;
  round: string;
  member: string;
  /** Members who have a part in the round. */
  people: ReadonlySet<string>;
}

/** The cards of a file, or why it is none of these. Everything is read or nothing. */
export function readHanded(text: string, reader: Reader): HandedCards | Refusal {
  const file = parsed(text);
  if (file === null) return text.includes(FORMAT) ? "damaged" : "not_cards";
  if (file["format"] !== FORMAT) return "not_cards";
  if (Number(file["version"]) > VERSION || Number(file["schema"]) > SCHEMA) return "newer_app";
  const { network, round, by, changes, digest } = file;
  if (!Array.isArray(changes) || digest !== sha256(canonical(changes))) return "damaged";
  if (network !== reader.network) return "other_network";
  if (round !== reader.round) return "other_round";
  if (by === reader.member) return "own";
  if (typeof by !== "string" || !reader.people.has(by)) return "nobody_here";
  if (changes.length === 0) return "empty";
  const sound = changes.every((each: unknown) => isSound(each, by, reader.round));
  return sound ? { network: reader.network, round: reader.round, by, changes } : "damaged";
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isId = (value: unknown) => typeof value === "string" && ID.test(value);
const isIds = (value: unknown) => Array.isArray(value) && value.every(isId);

/** A change of its author's, of this round, in the shape that the view can take. */
function isSound(change: unknown, by: string, round: string): change is Change {
  if (!isObject(change)) return false;
  const { id, n, record, kind, scope, set, seen, depth } = change;
  return (
    isId(id) &&
    isId(record) &&
    Number.isSafeInteger(n) &&
    change["by"] === by &&
    HANDED_KINDS.includes(kind as Kind) &&
    scope === `${SCOPE_OF[kind as Kind]}:${round}` &&
    typeof change["made_at"] === "string" &&
    isObject(set) &&
    isObject(seen) &&
    isObject(depth) &&
    Object.entries(set).every(([name, value]) => isValue(kind as Kind, name, value)) &&
    Object.values(seen).every(isIds) &&
    Object.values(depth).every(Number.isSafeInteger)
  );
}

function isValue(kind: Kind, register: string, value: unknown): boolean {
  switch (kindOfRegister(kind, register)) {
    case "text":
      return typeof value === "string";
    case "tag":
    case "deleted":
      return typeof value === "boolean";
    case "position":
      return value === null || isPlace(value);
    case "choice":
      return value === null || ["string", "number", "boolean"].includes(typeof value);
    default:
      return false;
  }
}

function isPlace(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { group, order } = value;
  return typeof order === "string" && (group === null || isId(group));
}
