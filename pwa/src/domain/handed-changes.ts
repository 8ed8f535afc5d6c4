/**
 * Whether one change of a file of handed cards is sound: what the server would call no change
 * at all is not taken in, or it would be seen here and never anywhere else. Pure; the twin of
 * server/sync/envelope.py, and held to the same vectors.
 */
import { MAX_TEXT_JSON_BYTES, SCHEMA, SCOPE_OF, type Kind } from "../generated/records";
import { canonical } from "./canonical";
import { DELETED, kindOfRegister, type Change } from "./registers";
import { isTooLong, repair } from "./safe-text";

/** What is handed over: cards, where they are from, and what became of a visit. */
export const HANDED_KINDS: readonly Kind[] = [
  "card",
  "card_source",
  "slot",
  "classroom",
  "norms_agreement",
];

const KEYS = "by depth id kind made_at n record schema scope seen set";
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const NAME = /^[A-Za-z0-9_.:/-]{1,64}$/;
const DEEPEST = 2 ** 31 - 1;
const LARGEST = 2 * MAX_TEXT_JSON_BYTES;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isId = (value: unknown) => typeof value === "string" && ID.test(value);
const isWhole = (value: unknown, low: number, high: number) =>
  Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high;

/** A change of its author's, of this round, in a shape that server and view can take. */
export function isSound(change: unknown, by: string, round: string): change is Change {
  if (!isObject(change) || Object.keys(change).sort().join(" ") !== KEYS) return false;
  const { id, record, kind, made_at: madeAt } = change;
  return (
    isId(id) &&
    isId(record) &&
    change["by"] === by &&
    HANDED_KINDS.includes(kind as Kind) &&
    change["scope"] === `${SCOPE_OF[kind as Kind]}:${round}` &&
    isWhole(change["n"], 0, Number.MAX_SAFE_INTEGER) &&
    isWhole(change["schema"], 1, SCHEMA) &&
    typeof madeAt === "string" &&
    MOMENT.test(madeAt) &&
    isSaid(change) &&
    canonical(change).length <= LARGEST
  );
}

/** Its values, what each replaces, and how deep it lies. */
function isSaid({ id, kind, set, seen, depth }: Record<string, unknown>): boolean {
  if (!isObject(set) || !isObject(seen) || !isObject(depth)) return false;
  const names = Object.keys(set);
  const others = Object.keys(seen).filter((name) => !Object.hasOwn(set, name));
  return (
    names.length > 0 &&
    names.length === Object.keys(depth).length &&
    names.every((name) => NAME.test(name) && isValue(kind as Kind, name, set[name])) &&
    names.every((name) => isWhole(depth[name], 1, DEEPEST) && Object.hasOwn(seen, name)) &&
    (others.length === 0 || Object.hasOwn(set, DELETED)) &&
    others.every((name) => NAME.test(name)) &&
    Object.values(seen).every((ids) => isPast(ids, id))
  );
}

function isPast(ids: unknown, own: unknown): boolean {
  return Array.isArray(ids) && ids.every((each) => isId(each) && each !== own);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && repair(value) === value && !isTooLong(value);
}

function isValue(kind: Kind, register: string, value: unknown): boolean {
  switch (kindOfRegister(kind, register)) {
    case "text":
      return isText(value);
    case "tag":
    case "deleted":
      return typeof value === "boolean";
    case "position":
      return value === null || isPlace(value);
    case "choice":
      return value === null || isText(value) || isChoice(value);
    default:
      return false;
  }
}

function isChoice(value: unknown): boolean {
  return typeof value === "boolean" || Number.isSafeInteger(value);
}

function isPlace(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { group, order } = value;
  return isText(order) && (group === null || isId(group));
}
