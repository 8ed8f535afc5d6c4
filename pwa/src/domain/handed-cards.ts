/**
 * Cards handed over as a file, where no network leads from one tablet to another: what the file
 * holds, how it is written, and how one is read (docs/sync-protocol.md, 9).
 *
 * It holds one person's changes of one round as they would be sent, so that the server knows
 * them again, whoever brings them. Never a note, a prediction or anything of `own:`. Pure.
 */
import { SCHEMA } from "../generated/records";
import { canonical } from "./canonical";
import { isObject, isSound } from "./handed-changes";
import type { Change } from "./registers";
import { sha256 } from "./sha256";

const FORMAT = "rounds-handed-cards";
const VERSION = 1;
/** A file of thirty people's cards is smaller by far. */
export const MOST_BYTES = 8 * 1024 * 1024;

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
  | "empty"
  | "contradicts";

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
  const versions = [file["version"], file["schema"]];
  if (!versions.every(Number.isSafeInteger)) return "damaged";
  if (Number(file["version"]) > VERSION || Number(file["schema"]) > SCHEMA) return "newer_app";
  const { network, round, by, changes, digest } = file;
  if (!Array.isArray(changes) || digest !== digestOf(changes)) return "damaged";
  if (network !== reader.network) return "other_network";
  if (round !== reader.round) return "other_round";
  if (by === reader.member) return "own";
  if (typeof by !== "string" || !reader.people.has(by)) return "nobody_here";
  if (changes.length === 0) return "empty";
  const sound = changes.every((each: unknown) => isSound(each, by, reader.round));
  if (!sound || new Set(changes.map(({ id }) => id as string)).size < changes.length) {
    return "damaged";
  }
  return { network: reader.network, round: reader.round, by, changes };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Null for what lies deeper than anything of ours: a browser reads it and cannot walk it. */
function digestOf(changes: unknown): string | null {
  try {
    return sha256(canonical(changes));
  } catch {
    return null;
  }
}
