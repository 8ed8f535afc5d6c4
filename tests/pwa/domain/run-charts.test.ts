/** Charts are the same on the tablet as on the server, and as outside references have them. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readingsOf } from "../../../pwa/src/domain/chart-readings";
import { daysOf, type Point } from "../../../pwa/src/domain/measures";
import { sevenInARow, sevenOnOneSide, twoInThree } from "../../../pwa/src/domain/plot-the-dots";
import {
  crossesLittle,
  crossingsMin,
  draw,
  isShifted,
  longestRunMax,
  type Chart,
} from "../../../pwa/src/domain/run-charts";
import type { ChartForm, CountedBase, NumberSort } from "../../../pwa/src/generated/records";
import { REAL_DATA, vectors } from "./real-notes";

type Row = readonly [on: string, value: number, outOf?: number | undefined];
type Figures = readonly (number | null)[];

interface Vector {
  about: string;
  form: ChartForm;
  numbers: NumberSort;
  base: CountedBase | null;
  points: readonly Row[];
  hidden: readonly string[];
  says: readonly (readonly [code: string, values: Record<string, number>])[];
  chart: {
    centre: number | null;
    plotted: Figures;
    lower: Figures;
    upper: Figures;
    outside: readonly number[];
    runs: Record<string, number> | null;
    dots: Record<string, readonly number[]> | null;
  };
}

const { charts } = vectors<{ charts: Vector[] }>("run_charts.json");

function pointOf([on, value, outOf = undefined]: Row): Point {
  return { on, value, outOf: outOf ?? null, note: "" };
}

function snake(given: object | null): object | null {
  if (given === null) return null;
  const named = (name: string) => name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [named(name), value]));
}

/** Equal to so many parts, and null only for null. */
function expectFigures(found: Figures, expected: Figures, part: number): void {
  expect(found.map((each) => each === null)).toEqual(expected.map((each) => each === null));
  found.forEach((figure, at) => {
    if (figure === null) return;
    const wanted = expected[at]!;
    expect(Math.abs(figure - wanted)).toBeLessThanOrEqual(part * Math.max(Math.abs(wanted), 1));
  });
}

test.each(charts)("both languages draw the same chart: $about", (vector) => {
  const days = daysOf(vector.numbers, vector.base, vector.points.map(pointOf));
  const shown = days.filter((day) => !day.hidden);
  const { chart } = vector;
  const found = draw(vector.form, vector.numbers, shown);

  expect(days.filter((day) => day.hidden).map((day) => day.on)).toEqual(vector.hidden);
  for (const name of ["plotted", "lower", "upper"] as const) {
    expectFigures(found[name], chart[name], 1e-12);
  }
  expectFigures([found.centre], [chart.centre], 1e-12);
  expect(readingsOf(found).map(({ code, values }) => [code, values])).toEqual(vector.says);
  expect(found.outside).toEqual(chart.outside);
  expect(snake(found.runs)).toEqual(chart.runs);
  expect(snake(found.dots)).toEqual(chart.dots);
});

const FOLDER = resolve(REAL_DATA, "runcharts");
const hasReal = existsSync(FOLDER);
const UNLESS = hasReal ? "" : " (skipped: no real data)";
const read = (name: string) => readFileSync(resolve(FOLDER, name), "utf8");

interface Reference {
  id: string;
  chart: string;
  y: readonly number[];
  n: readonly number[] | null;
  plotted: Figures;
  expected: {
    n_useful: number;
    longest_run: number;
    longest_run_max: number;
    n_crossings: number;
    n_crossings_min: number;
    runs_signal: boolean;
    centre: number;
    lcl: Figures;
    ucl: Figures;
    sigma_signal_points: readonly number[];
  };
}

const SORTS: Record<string, readonly [ChartForm, NumberSort]> = {
  run: ["run", "value"],
  i: ["control", "value"],
  mr: ["movement", "value"],
  c: ["control", "count"],
  p: ["control", "share"],
  u: ["control", "rate"],
};

function drawn({ chart, y, n }: Reference): Chart {
  const [form, sort] = SORTS[chart]!;
  const numbers = n && sort === "value" ? "rate" : sort;
  const points = y.map((value, at) => pointOf([String(at).padStart(6, "0"), value, n?.[at]]));
  return draw(form, numbers, daysOf(numbers, "something_else", points));
}

describe.skipIf(!hasReal)(`outside references${UNLESS}`, () => {
  test("twelve charts are equal signal for signal and in every figure", () => {
    const { cases } = JSON.parse(read("qicharts2_cases_dev.json")) as { cases: Reference[] };
    expect(cases).toHaveLength(12);
    for (const each of cases) {
      const { expected } = each;
      const { runs, outside, centre, plotted, lower, upper } = drawn(each);
      expect([runs!.useful, runs!.longest, runs!.longestMax]).toEqual([
        expected.n_useful,
        expected.longest_run,
        expected.longest_run_max,
      ]);
      expect([runs!.crossings, runs!.crossingsMin]).toEqual([
        expected.n_crossings,
        expected.n_crossings_min,
      ]);
      expect(isShifted(runs!) || crossesLittle(runs!)).toBe(expected.runs_signal);
      expect(outside.map((at) => at + 1)).toEqual(expected.sigma_signal_points);
      expectFigures([centre], [expected.centre], 1e-9);
      expectFigures(plotted, each.plotted, 1e-9);
      expectFigures(lower, expected.lcl, 1e-9);
      expectFigures(upper, expected.ucl, 1e-9);
    }
  });

  test("the limits of runs and crossings for 2 to 200 points", () => {
    const rows = read("anhoej_limits_n2_200.csv").trim().split("\n").slice(1);
    const limits = rows.map((row) => row.split(",").map(Number));
    expect(limits).toHaveLength(199);
    for (const [useful, longest, crossings] of limits) {
      expect([longestRunMax(useful!), crossingsMin(useful!)]).toEqual([longest, crossings]);
    }
  });

  test("the eighteen vectors of Making data count", () => {
    type Cases<G> = { cases: readonly (readonly [G, number[]])[] };
    const given = JSON.parse(read("nhsr_plotthedots_rule_vectors.json")) as {
      seven_point_one_side_mean: Cases<number[]>;
      seven_point_trend: Cases<number[]>;
      two_in_three: Cases<[number[], number[]]>;
    };
    for (const [sides, flags] of given.seven_point_one_side_mean.cases) {
      expect(sevenOnOneSide(sides)).toEqual(flags);
    }
    for (const [values, flags] of given.seven_point_trend.cases) {
      expect(sevenInARow(values)).toEqual(flags);
    }
    for (const [[close, sides], flags] of given.two_in_three.cases) {
      expect(twoInThree(close, sides)).toEqual(flags);
    }
  });
});
