/** The real notes that figures are measured on. They are never part of the project. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export const ROOT = resolve(__dirname, "../../..");

export const REAL_DATA = process.env.ROUNDS_REAL_DATA ?? resolve(ROOT, "../shared/data");
const NOTES = resolve(REAL_DATA, "notes/uptake_notes_import.csv");
const OPINIONS = resolve(REAL_DATA, "language/opinion_lexicon.csv");

export const hasRealNotes = existsSync(NOTES) && existsSync(OPINIONS);

/** What a test's title says where the data is absent. */
export const UNLESS_REAL = hasRealNotes ? "" : " (skipped: no real data)";

export interface RealNote {
  readonly actor: string;
  readonly given: string;
  /** Without its speaker mark and quotation marks, as a visitor in a hurry leaves them out. */
  readonly bare: string;
}

export function realNotes(): RealNote[] {
  return csvRows(readFileSync(NOTES, "utf8"))
    .slice(1)
    .map(([, , actor = "", given = ""]) => ({
      actor,
      given,
      bare: given.replace(/^[TS]: "/, "").replace(/"$/, ""),
    }));
}

/** The 6,789 words of a public opinion lexicon: what a plain word list would ask about. */
export function opinionWords(): ReadonlySet<string> {
  return new Set(
    csvRows(readFileSync(OPINIONS, "utf8"))
      .slice(1)
      .map(([word = ""]) => word),
  );
}

export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(ROOT, "tests/vectors", name), "utf8")) as T;
}

function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\r?\n|$)/g)) {
    const cell = match[1] ?? "";
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trimEnd());
    if (match[2] === ",") continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
