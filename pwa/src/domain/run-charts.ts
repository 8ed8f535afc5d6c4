/**
 * Run charts and control charts: does a measure move beyond chance? Twin of
 * server/domain/run_charts.py, which names the sources; both run tests/vectors/run_charts.json.
 */
import type { ChartForm, NumberSort } from "../generated/records";
import { controlLimits, movementLimits, movingRanges, same, type Limits } from "./control-limits";
import { shownOf, type Day } from "./measures";
import { plotTheDots, processLimits, type Dots } from "./plot-the-dots";
import { isBeyond, sideOf } from "./sides";

/** With fewer useful points the rules can hardly tell a change from chance. */
export const FEW = 10;

/** Runs and crossings around the centre. Points on the line neither break nor extend a run. */
export interface Runs {
  useful: number;
  longest: number;
  longestMax: number;
  crossings: number;
  crossingsMin: number;
}

/** A measure as drawn: one of each a day. `runs` by Anhøj's rules, `dots` by the others. */
export interface Chart {
  form: ChartForm;
  plotted: readonly (number | null)[];
  centre: number | null;
  lower: readonly (number | null)[];
  upper: readonly (number | null)[];
  /** Places of days beyond the limits. */
  outside: readonly number[];
  runs: Runs | null;
  dots: Dots | null;
}

export function isShifted({ longest, longestMax }: Runs): boolean {
  return longest > longestMax;
}

export function crossesLittle({ crossings, crossingsMin }: Runs): boolean {
  return crossings < crossingsMin;
}

/** The chart of the days that may be shown, in their order. */
export function draw(form: ChartForm, numbers: NumberSort, days: readonly Day[]): Chart {
  const values = days.map((day) => shownOf(numbers, day));
  const moved = [null, ...movingRanges(values)].slice(0, values.length);
  const plotted = form === "movement" ? moved : values;
  const limits = limitsOf(form, numbers, days, values);
  const outside = beyond(plotted, limits);
  const lines = {
    centre: limits.centre,
    lower: limits.lower.length > 0 ? limits.lower : same(null, plotted),
    upper: limits.upper.length > 0 ? limits.upper : same(null, plotted),
  };
  const isDots = form === "plot_the_dots";
  return {
    ...{ form, plotted, ...lines, outside },
    runs: isDots ? null : runsAround(limits.centre, plotted),
    dots: isDots ? plotTheDots(values, limits, outside) : null,
  };
}

function limitsOf(
  form: ChartForm,
  numbers: NumberSort,
  days: readonly Day[],
  values: readonly number[],
): Limits {
  if (values.length === 0) return { centre: null, lower: [], upper: [] };
  if (form === "control") return controlLimits(numbers, days, values);
  if (form === "movement") return movementLimits(values);
  if (form === "plot_the_dots") return processLimits(values);
  return { centre: median(values), lower: [], upper: [] };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function beyond(plotted: Chart["plotted"], { lower, upper }: Limits): number[] {
  return plotted.flatMap((value, at) =>
    value !== null && isBeyond(value, lower[at] ?? null, upper[at] ?? null) ? [at] : [],
  );
}

/** Null where all points lie on the line. */
function runsAround(centre: number | null, plotted: Chart["plotted"]): Runs | null {
  const values = plotted.filter((value) => value !== null);
  const sides = centre === null ? [] : values.map((value) => sideOf(value, centre));
  const useful = sides.filter((side) => side !== 0);
  if (useful.length === 0) return null;
  const lengths: number[] = [];
  useful.forEach((side, at) => {
    if (side === useful[at - 1]) lengths.push(lengths.pop()! + 1);
    else lengths.push(1);
  });
  return {
    useful: useful.length,
    longest: Math.max(...lengths),
    longestMax: longestRunMax(useful.length),
    crossings: lengths.length - 1,
    crossingsMin: crossingsMin(useful.length),
  };
}

export function longestRunMax(useful: number): number {
  return Math.round(Math.log2(useful)) + 3;
}

/** The least k with P(X <= k) >= 1/20, X of Binomial(useful - 1, 1/2); in whole numbers. */
export function crossingsMin(useful: number): number {
  const trials = BigInt(useful - 1);
  let [ways, reached, crossings] = [1n, 1n, 0n];
  while (20n * reached < 2n ** trials) {
    crossings += 1n;
    ways = (ways * (trials - crossings + 1n)) / crossings;
    reached += ways;
  }
  return Number(crossings);
}
