/** What stands in a measure's chart beside its points: the middle, limits, aim, and what happened. */
import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test } from "vitest";
import { daysOf } from "../../../../pwa/src/domain/measures";
import { draw } from "../../../../pwa/src/domain/run-charts";
import type { ChartForm } from "../../../../pwa/src/generated/records";
import { MeasureChart } from "../../../../pwa/src/screens/measures/measure-chart";
import type { MeasureView } from "../../../../pwa/src/screens/measures/series";

beforeAll(() => {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});
afterEach(cleanup);

const COUNTS = [12, 15, 9, 40, 11, 10, 14];

function drawn(form: ChartForm, aim: string | null) {
  const fields = { title: "Visits of families", numbers: "count", unit: "", form, aim };
  const measure = { id: "m", kind: "measure", scope: "network:n", fields } as MeasureView;
  const days = daysOf(
    "count",
    null,
    COUNTS.map((value, at) => {
      const note = at === 3 ? "An open evening" : "";
      return { on: `2026-01-0${at + 1}`, value, outOf: null, note };
    }),
  );
  const series = { points: [], days, shown: days, chart: draw(form, "count", days) };
  const { container } = render(<MeasureChart measure={measure} series={series} />);
  const all = (selector: string) => [...container.querySelectorAll(selector)];
  return {
    legend: all(".chart-legend li").map((each) => each.textContent),
    lines: all("svg.chart-picture path.chart-line").map((each) => each.getAttribute("data-look")),
    notes: all(".chart-note").map((each) => each.textContent),
    marked: all(".chart-marked").length,
    names: all("text.chart-name").map((each) => ({
      name: each.textContent,
      base: Number(each.getAttribute("y")),
    })),
    heightOf: (look: string) => {
      const path = all(`path.chart-line[data-look="${look}"]`)[0]!.getAttribute("d")!;
      return Number(/,([\d.]+)/.exec(path)![1]);
    },
  };
}

test("a limit's name stands over no other line, however close the aim is to the limit", () => {
  for (const aim of ["27", "28", "28.5", "29", "3", "4", "5"]) {
    const { names, heightOf } = drawn("control", aim);
    expect(names.map(({ name }) => name)).toEqual(["Upper limit", "Lower limit"]);
    for (const { name, base } of names) {
      for (const look of ["aim", "centre"]) {
        const above = base - heightOf(look);
        expect(above > 11 || above < -3, `${name} over ${look} ${aim}: ${above}`).toBe(true);
      }
    }
  }
});

test("a control chart has its mean, both limits and the aim, each named with its number", () => {
  const { legend, lines, marked } = drawn("control", "20");

  expect(legend).toEqual(["Mean 15.9", "Upper limit 27.8", "Lower limit 3.91", "Aim 20"]);
  expect(lines.slice(0, 4)).toEqual(["centre", "upper", "lower", "aim"]);
  expect(marked).toBe(1);
});

test("a run chart has its median and no limit; without an aim there is no line for one", () => {
  expect(drawn("run", null).legend).toEqual(["Median 12"]);
});

test("a chart of how far it moves shows no aim: that is one of the numbers themselves", () => {
  expect(drawn("movement", "20").legend.join()).not.toContain("Aim");
});

test("a day on which something happened has the number of its note", () => {
  expect(drawn("run", null).notes).toEqual(["1"]);
});
