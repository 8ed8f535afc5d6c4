/**
 * The rules of the NHS programme "Making data count", for an XmR chart. Twin of
 * server/domain/plot_the_dots.py, which says them in words; both run
 * tests/vectors/run_charts.json.
 */
import { MOVING_RANGE_LIMIT, movingRanges, same, type Limits } from "./control-limits";
import { mean, sum } from "./measures";
import { sideOf } from "./sides";

const LIMIT = 2.66;
const SEVEN = 7;

/** Places of the days that each rule flags. */
export interface Dots {
  shift: readonly number[];
  trend: readonly number[];
  nearLimit: readonly number[];
}

export function processLimits(values: readonly number[]): Limits {
  const centre = mean(values);
  const ranges = movingRanges(values);
  if (ranges.length === 0) return { centre, lower: [], upper: [] };
  const all = mean(ranges);
  const usual = ranges.filter((each) => each < MOVING_RANGE_LIMIT * all);
  const width = LIMIT * (usual.length > 0 ? mean(usual) : all);
  return { centre, lower: same(centre - width, values), upper: same(centre + width, values) };
}

/** What the rules flag but for points beyond the limits, which are `outside`. */
export function plotTheDots(
  values: readonly number[],
  limits: Limits,
  outside: readonly number[],
): Dots {
  const { centre } = limits;
  if (centre === null) return { shift: [], trend: [], nearLimit: [] };
  const sides = values.map((value) => sideOf(value, centre));
  const close = closeOnes(values, limits, outside);
  const pairs = twoInThree(close, sides);
  return {
    shift: places(partOfSeven(sevenOnOneSide(sides))),
    trend: places(partOfSeven(sevenInARow(values))),
    nearLimit: places(pairs.map((pair, at) => pair * close[at]!)),
  };
}

/** 1 for what lies in the outer third of the limits. */
function closeOnes(
  values: readonly number[],
  { centre, upper }: Limits,
  outside: readonly number[],
): number[] {
  const top = upper[0];
  if (top == null || centre === null) return same(0, values);
  const third = ((top - centre) * 2) / 3;
  return values.map((value, at) => {
    const isFar = sideOf(value, centre - third) < 0 || sideOf(value, centre + third) > 0;
    return isFar && !outside.includes(at) ? 1 : 0;
  });
}

/** 1 from the seventh point in a row on the same side of the mean. */
export function sevenOnOneSide(sides: readonly number[]): number[] {
  return sides.map((side, at) => {
    const seven = sides.slice(Math.max(0, at - SEVEN + 1), at + 1);
    return side !== 0 && seven.length === SEVEN && seven.every((each) => each === side) ? 1 : 0;
  });
}

/** 1 or -1 at the seventh point that rises or falls; an equal value breaks the row. */
export function sevenInARow(values: readonly number[]): number[] {
  return values.map((_, at) => {
    const seven = values.slice(Math.max(0, at - SEVEN + 1), at + 1);
    const steps = new Set(seven.slice(1).map((value, before) => sideOf(value, seven[before]!)));
    const [only = 0] = steps;
    return seven.length === SEVEN && steps.size === 1 ? only : 0;
  });
}

/** 1 on every point of three on one side of which two are close to that limit. */
export function twoInThree(close: readonly number[], sides: readonly number[]): number[] {
  const flags = same(0, close);
  for (let begin = 0; begin < close.length - 2; begin += 1) {
    const three = [begin, begin + 1, begin + 2];
    const together = Math.abs(sum(three.map((at) => sides[at]!))) === 3;
    if (!together || sum(three.map((at) => close[at]!)) < 2) continue;
    for (const at of three) flags[at] = 1;
  }
  return flags;
}

/** A flag also on the six points that led to it. */
function partOfSeven(flags: readonly number[]): number[] {
  return flags.map((_, at) => (flags.slice(at, at + SEVEN).some(Boolean) ? 1 : 0));
}

function places(flags: readonly number[]): number[] {
  return flags.flatMap((flag, at) => (flag ? [at] : []));
}
