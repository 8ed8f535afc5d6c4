/**
 * A measure's points as a series of days: what is added up, and what is too few to be shown.
 * Twin of server/domain/measures.py; both run tests/vectors/run_charts.json.
 */
import type { CountedBase, NumberSort } from "../generated/records";

/** What is of fewer students or classrooms is not shown, on screen or in a file. */
export const FEWEST = 10;

/** One number of one day; `outOf`: of a share or rate, and of a count where somebody said so. */
export interface Point {
  on: string;
  value: number;
  outOf: number | null;
  note: string;
  /** The day of its round, where it names one that the reader holds. */
  roundOn?: string | null;
}

/** All numbers of one day. `hidden`: about too few to be shown; `rounds`: by their days. */
export interface Day {
  on: string;
  values: readonly number[];
  outOf: number | null;
  notes: readonly string[];
  hidden: boolean;
  rounds: readonly string[];
}

/** Whether each number is a part of something: so many out of so many. */
export function isDivided(numbers: NumberSort): boolean {
  return numbers === "share" || numbers === "rate";
}

/** Whether its base is asked: of students, of classrooms, or of something else. */
export function isAddedUp(numbers: NumberSort): boolean {
  return isDivided(numbers) || numbers === "count";
}

/** Whether a number says out of how many it is: a share or rate must, a count of people can. */
export function takesOutOf(numbers: NumberSort, base: CountedBase | null): boolean {
  return isDivided(numbers) || (numbers === "count" && base !== "something_else");
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The one number that stands for the day in a chart. */
export function shownOf(numbers: NumberSort, { values, outOf }: Day): number {
  if (isDivided(numbers) && outOf) return sum(values) / outOf;
  return isAddedUp(numbers) ? sum(values) : mean(values);
}

/** The days in order. A share or rate of nothing is no number, and left out. */
export function daysOf(
  numbers: NumberSort,
  base: CountedBase | null,
  points: readonly Point[],
): Day[] {
  const byDay = new Map<string, Point[]>();
  for (const point of points) {
    if (isDivided(numbers) && !((point.outOf ?? 0) > 0)) continue;
    byDay.set(point.on, [...(byDay.get(point.on) ?? []), point]);
  }
  const days = [...byDay].map(([on, same]) => dayOf(numbers, base, on, same));
  return days.sort((a, b) => (a.on < b.on ? -1 : 1));
}

function dayOf(
  numbers: NumberSort,
  base: CountedBase | null,
  on: string,
  points: readonly Point[],
): Day {
  const isWhole = isAddedUp(numbers) && points.every((point) => point.outOf !== null);
  return {
    on,
    values: points.map(({ value }) => value),
    outOf: isWhole ? sum(points.map((point) => point.outOf ?? 0)) : null,
    notes: points.map(({ note }) => note).filter(Boolean),
    hidden: isOfTooFew(numbers, base, points),
    rounds: [...new Set(points.flatMap(({ roundOn }) => roundOn ?? []))].sort(),
  };
}

/**
 * Whether a day's figure is of so few people or rooms that it could point at one. A count that
 * nobody gave a whole is of as many as were counted: of no fewer, for certain.
 */
export function isOfTooFew(
  numbers: NumberSort,
  base: CountedBase | null,
  points: readonly Point[],
): boolean {
  if (!isAddedUp(numbers) || base === "something_else") return false;
  return sum(points.map(({ value, outOf }) => outOf ?? value)) < FEWEST;
}
