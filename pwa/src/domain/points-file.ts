/**
 * Points of a measure from a CSV file: understood whole, or refused by row and column as a
 * spreadsheet numbers them. Must not save anything.
 */
import { isDivided, takesOutOf } from "./measures";
import { orderOf, plainDate, plainNumber, type DateOrder } from "./typed-numbers";
import type { CountedBase, NumberSort } from "../generated/records";

export const MOST_ROWS = 2_000;

/** A point of the file, its numbers as they will be kept. */
export interface FilePoint {
  /** As a spreadsheet numbers it. */
  row: number;
  on: string;
  value: string;
  outOf: string | null;
  note: string;
}

export type Flaw =
  | "encoding"
  | "quotes"
  | "no_rows"
  | "too_many"
  | "no_column"
  | "not_a_date"
  | "not_a_number"
  | "out_of_missing"
  | "not_below_zero"
  | "more_than_all"
  | "day_twice";

/** What is wrong, and where: the heading is row 1. */
export interface FileFlaw {
  flaw: Flaw;
  row: number;
  column: string;
}

/** A file with any flaw is refused whole. `more`: how many flaws there are beyond these. */
export interface Refused {
  flaws: readonly FileFlaw[];
  more: number;
}

const MOST_FLAWS = 50;

/** What our own files say in place of a figure about too few. */
const KEPT_BACK = /^((of )?fewer than|(de )?menos de) \d+$/;

type Column = "date" | "value" | "out_of" | "note";

const NAMES: Readonly<Record<string, Column>> = {
  ...{ date: "date", day: "date", fecha: "date", measured_on: "date" },
  ...{ value: "value", number: "value", count: "value", valor: "value", numero: "value" },
  ...{ out_of: "out_of", of: "out_of", total: "out_of", n: "out_of", de: "out_of" },
  ...{ note: "note", notes: "note", nota: "note", notas: "note" },
};

/**
 * Rows of cells by RFC 4180, with commas, semicolons or tabs; empty rows are left out. Null
 * where a quotation mark opens and never closes.
 */
export function csvRows(text: string): { number: number; cells: string[] }[] | null {
  const content = text.replace(/^\uFEFF/, "").replace(/\s+$/, "");
  const [heading = ""] = content.split(/\r?\n/, 1);
  const commonest = [",", ";", "\t"].map((sign) => [heading.split(sign).length, sign] as const);
  const sign = commonest.reduce((a, b) => (b[0] > a[0] ? b : a))[1];
  const bare = `(?!")[^${sign}\r\n]*`;
  const cell = new RegExp(`("(?:[^"]|"")*"|${bare})(${sign}|\\r?\\n|\\r|$)`, "gy");
  const rows: { number: number; cells: string[] }[] = [];
  let [cells, read]: [string[], number] = [[], 0];
  for (const { 0: whole, 1: given = "", 2: end, index } of content.matchAll(cell)) {
    read = index + whole.length;
    cells.push(given.startsWith('"') ? given.slice(1, -1).replaceAll('""', '"') : given);
    if (end === sign) continue;
    rows.push({ number: rows.length + 1, cells });
    cells = [];
    if (end === "") break;
  }
  if (read < content.length) return null;
  return rows.filter((row) => row.cells.some((each) => each.trim() !== ""));
}

function columnOf(title: string): Column | undefined {
  const plain = title.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  return NAMES[plain.replace(/[\s-]+/g, "_")];
}

type Cells = Readonly<Record<Column, string>> & { row: number };

/** A spreadsheet's guard before a formula is not part of the words. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Where the columns of a heading stand, or each one that is missing. */
function placesOf(heading: readonly string[]): Map<Column | undefined, number> | FileFlaw[] {
  const places = new Map(heading.map((title, at) => [columnOf(title), at]));
  const missing = (["date", "value"] as const).filter((column) => !places.has(column));
  return missing.length === 0
    ? places
    : missing.map((column) => ({ flaw: "no_column", row: 1, column }));
}

function cellsOf(text: string): Cells[] | Refused {
  const found = csvRows(text);
  if (found === null) return refused([{ flaw: "quotes", row: 1, column: "" }]);
  const [heading, ...rows] = found;
  if (!heading || rows.length === 0) return refused([{ flaw: "no_rows", row: 1, column: "" }]);
  if (rows.length > MOST_ROWS) {
    return refused([{ flaw: "too_many", row: MOST_ROWS + 2, column: "" }]);
  }
  const places = placesOf(heading.cells);
  if (Array.isArray(places)) return refused(places);
  const read = (cells: readonly string[], column: Column) =>
    unguarded((cells[places.get(column) ?? -1] ?? "").trim());
  return rows.map(({ number, cells }) => ({
    row: number,
    date: read(cells, "date"),
    value: read(cells, "value"),
    out_of: read(cells, "out_of"),
    note: read(cells, "note"),
  }));
}

function refused(flaws: readonly FileFlaw[]): Refused {
  return { flaws: flaws.slice(0, MOST_FLAWS), more: Math.max(0, flaws.length - MOST_FLAWS) };
}

/** Whether a file's dates can be read in two ways, so that somebody must say which. */
export function isUndecided(text: string): boolean {
  const cells = cellsOf(text);
  return Array.isArray(cells) && orderOf(cells.map(({ date }) => date)) === null;
}

/** Rows of a file of ours that hold no figure: they bring none, and take none away. */
export function keptBackIn(text: string): { row: number; date: string }[] {
  const cells = cellsOf(text);
  return Array.isArray(cells) ? cells.filter(({ value }) => KEPT_BACK.test(value)) : [];
}

/** What is wrong with a number of these, or nothing. */
export function flawOf(numbers: NumberSort, value: string, outOf: string | null): Flaw | null {
  if (numbers === "value" || numbers === "samples") return null;
  if (Number(value) < 0) return "not_below_zero";
  if (outOf === null) return isDivided(numbers) ? "out_of_missing" : null;
  if (!(Number(outOf) > 0)) return "out_of_missing";
  return numbers !== "rate" && Number(value) > Number(outOf) ? "more_than_all" : null;
}

/** All points of the file, or everything that is wrong with it. */
export function readPoints(
  text: string,
  numbers: NumberSort,
  order: DateOrder,
  base: CountedBase | null = null,
): FilePoint[] | Refused {
  const cells = cellsOf(text);
  if (!Array.isArray(cells)) return cells;
  const decided = orderOf(cells.map(({ date }) => date)) ?? order;
  const days = new Set<string>();
  const points: FilePoint[] = [];
  const flaws: FileFlaw[] = [];
  for (const each of cells) {
    if (KEPT_BACK.test(each.value)) continue;
    const { point, wrong } = pointOf(each, numbers, base, decided);
    if (point.on && numbers !== "samples" && days.has(point.on)) wrong.push(["day_twice", "date"]);
    days.add(point.on);
    points.push(point);
    flaws.push(...wrong.map(([flaw, column]) => ({ flaw, row: each.row, column })));
  }
  return flaws.length > 0 ? refused(flaws) : points;
}

/** A row as a point, and every cell of it that is wrong. */
function pointOf(cells: Cells, numbers: NumberSort, base: CountedBase | null, order: DateOrder) {
  const wrong: [Flaw, Column][] = [];
  const on = plainDate(cells.date, order);
  const value = plainNumber(cells.value);
  const given = takesOutOf(numbers, base) && cells.out_of !== "";
  const outOf = given ? plainNumber(cells.out_of) : null;
  if (on === null) wrong.push(["not_a_date", "date"]);
  if (value === null) wrong.push(["not_a_number", "value"]);
  if (given && outOf === null) wrong.push(["not_a_number", "out_of"]);
  const flaw = value !== null && (outOf !== null || !given) && flawOf(numbers, value, outOf);
  if (flaw) wrong.push([flaw, flaw === "out_of_missing" ? "out_of" : "value"]);
  const { row, note } = cells;
  return { point: { row, on: on ?? "", value: value ?? "", outOf, note }, wrong };
}
