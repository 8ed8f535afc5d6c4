/**
 * What a chart says, as words to be: `measures.says.<code>` with figures in its blanks. Says
 * that something changed, never that it is good. Twin of server/domain/chart_readings.py.
 */
import { crossesLittle, FEW, isShifted, type Chart } from "./run-charts";

export type ReadingCode =
  | "outside"
  | "long_run"
  | "few_crossings"
  | "shift"
  | "trend"
  | "near_limit"
  | "nothing"
  | "empty"
  | "few";

export interface Reading {
  code: ReadingCode;
  values: Readonly<Record<string, number>>;
}

function signalsOf({ outside, runs, dots }: Chart): Reading[] {
  const found: Reading[] = [];
  const add = (code: ReadingCode, values: Reading["values"] = {}) => found.push({ code, values });
  if (outside.length > 0) add("outside", { count: outside.length });
  if (runs && isShifted(runs)) add("long_run", { longest: runs.longest, most: runs.longestMax });
  if (runs && crossesLittle(runs)) {
    add("few_crossings", { count: runs.crossings, least: runs.crossingsMin });
  }
  if (dots?.shift.length) add("shift");
  if (dots?.trend.length) add("trend");
  if (dots?.nearLimit.length) add("near_limit");
  return found;
}

/** Every signal, or that there is none; then what limits what can be said. */
export function readingsOf(chart: Chart): Reading[] {
  const isDrawn = chart.centre !== null;
  const found = signalsOf(chart);
  if (found.length === 0) found.push({ code: isDrawn ? "nothing" : "empty", values: {} });
  const useful = chart.runs?.useful ?? chart.plotted.filter((value) => value !== null).length;
  if (isDrawn && useful < FEW) found.push({ code: "few", values: { few: FEW } });
  return found;
}

/** Places of days that one of the chart's rules points at. */
export function markedPlaces({ outside, dots }: Chart): ReadonlySet<number> {
  return new Set([...outside, ...(dots ? [...dots.shift, ...dots.trend, ...dots.nearLimit] : [])]);
}
