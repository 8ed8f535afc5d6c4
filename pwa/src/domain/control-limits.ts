/**
 * Control limits, three standard errors on either side of the centre: i, c, p, u or xbar, as
 * the numbers were gathered. Twin of server/domain/control_limits.py, which names the sources.
 */
import type { NumberSort } from "../generated/records";
import { mean, sum, type Day } from "./measures";

/** d2 for ranges of two: the mean moving range over it estimates the standard deviation. */
const MOVING_RANGE_OF_TWO = 1.128;
/** D4 for ranges of two: the upper limit of a moving range, in mean moving ranges. */
export const MOVING_RANGE_LIMIT = 3.267;

type Line = readonly (number | null)[];

/** The centre, and the limits day by day; empty where there are none. */
export interface Limits {
  centre: number | null;
  lower: Line;
  upper: Line;
}

/** How far each value is from the one before. */
export function movingRanges(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => Math.abs(value - values[at]!));
}

export function same<T>(value: T, values: readonly unknown[]): T[] {
  return values.map(() => value);
}

function around(centre: number, errors: readonly number[], low = -Infinity, high = Infinity) {
  return {
    centre,
    lower: errors.map((error) => Math.max(centre - 3 * error, low)),
    upper: errors.map((error) => Math.min(centre + 3 * error, high)),
  };
}

function pooled(days: readonly Day[]): number {
  return sum(days.flatMap((day) => day.values)) / sum(days.map((day) => day.outOf ?? 0));
}

/** Limits of what is plotted: `values`, one a day. */
export function controlLimits(
  numbers: NumberSort,
  days: readonly Day[],
  values: readonly number[],
): Limits {
  if (numbers === "samples") return ofSamples(days);
  const sizes = days.map((day) => day.outOf ?? 1);
  if (numbers === "share") {
    const centre = pooled(days);
    return around(
      centre,
      sizes.map((size) => Math.sqrt((centre * (1 - centre)) / size)),
      0,
      1,
    );
  }
  if (numbers === "rate") {
    const centre = pooled(days);
    return around(
      centre,
      sizes.map((size) => Math.sqrt(centre / size)),
      0,
    );
  }
  const centre = mean(values);
  if (numbers === "count") return around(centre, same(Math.sqrt(Math.max(centre, 0)), values), 0);
  const ranges = movingRanges(values);
  if (ranges.length === 0) return { centre, lower: [], upper: [] };
  return around(centre, same(mean(ranges) / MOVING_RANGE_OF_TWO, values));
}

/** Of the moving ranges themselves. The first day has none. */
export function movementLimits(values: readonly number[]): Limits {
  const ranges = movingRanges(values);
  if (ranges.length === 0) return { centre: null, lower: [], upper: [] };
  const centre = mean(ranges);
  return { centre, lower: same(0, values), upper: same(MOVING_RANGE_LIMIT * centre, values) };
}

/** xbar: days of one sample have no limit of their own. */
function ofSamples(days: readonly Day[]): Limits {
  const centre = mean(days.flatMap((day) => day.values));
  const spread = spreadWithin(days.map((day) => day.values));
  if (spread === null) return { centre, lower: [], upper: [] };
  const widths = days.map((day) => widthOf(day.values.length, spread));
  return {
    centre,
    lower: widths.map((width) => width && centre - width),
    upper: widths.map((width) => width && centre + width),
  };
}

function widthOf(size: number, spread: number): number | null {
  return size > 1 ? (3 / (c4(size) * Math.sqrt(size))) * spread : null;
}

/** The mean standard deviation, or the pooled one where days differ in size. */
function spreadWithin(samples: readonly (readonly number[])[]): number | null {
  const several = samples.filter((sample) => sample.length > 1);
  if (several.length === 0) return null;
  const variances = several.map(variance);
  if (new Set(samples.map((sample) => sample.length)).size === 1) {
    return mean(variances.map(Math.sqrt));
  }
  const sizes = several.map((sample) => sample.length - 1);
  return Math.sqrt(sum(variances.map((each, at) => each * sizes[at]!)) / sum(sizes));
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
}

/** How much a sample's standard deviation falls short: c4(n) c4(n + 1) = sqrt((n - 1) / n). */
function c4(size: number): number {
  let factor = Math.sqrt(2 / Math.PI);
  for (let n = 2; n < size; n += 1) factor = Math.sqrt((n - 1) / n) / factor;
  return factor;
}
