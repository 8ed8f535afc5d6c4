/** Rule 9 of the practice where every number of a measure stands. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeAll, expect, test } from "vitest";
import { daysOf } from "../../../../pwa/src/domain/measures";
import { draw } from "../../../../pwa/src/domain/run-charts";
import { PointsTable } from "../../../../pwa/src/screens/measures/points-table";
import type { MeasureView, PointView } from "../../../../pwa/src/screens/measures/series";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(cleanup);

type Typed = readonly [on: string, value: string, outOf: string | null];

const SHARES: readonly Typed[] = [
  ["2026-01-05", "8", "12"],
  ["2026-01-12", "7", "9"],
  ["2026-01-19", "9", "13"],
];

const COUNTS: readonly Typed[] = [
  ["2026-01-05", "12", null],
  ["2026-01-12", "3", null],
  ["2026-01-19", "3", "30"],
];

function shown(
  base: "students" | "something_else",
  numbers: "share" | "count" = "share",
  typed: readonly Typed[] = SHARES,
) {
  const fields = { numbers, base, form: "control", title: "Invented", unit: "" };
  const measure = { id: "m", kind: "measure", scope: "network:n", fields } as MeasureView;
  const points = typed.map(([measured_on, value, out_of]) => ({
    ...{ id: measured_on, kind: "measure_point", scope: "network:n" },
    fields: { measure: "m", measured_on, value, out_of, note: "" },
  })) as unknown as PointView[];
  const days = daysOf(
    numbers,
    base,
    typed.map(([on, value, out]) => ({
      ...{ on, value: +value, outOf: out === null ? null : +out, note: "" },
    })),
  );
  const kept = days.filter((day) => !day.hidden);
  const series = { points, days, shown: kept, chart: draw("control", numbers, kept) };
  render(<PointsTable measure={measure} series={series} onOpen={() => {}} />);
  return screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => [...row.children].map(textOf));
}

function textOf(cell: Element): string {
  return cell.textContent!;
}

test("a day about too few reads so where its figures would stand, and no cell is blank", () => {
  const rows = shown("students");

  expect(rows[1]).toEqual(["Jan 12, 2026", "fewer than 10"]);
  expect([rows[0], rows[2]]).toEqual([
    ["Jan 19, 2026", "9", "13", "69.2%"],
    ["Jan 5, 2026", "8", "12", "66.7%"],
  ]);
  const few = screen.getByRole("button", { name: "fewer than 10" });
  expect(few.closest("td")!.colSpan).toBe(3);
});

test("a tap on it says which rule keeps the figures back", () => {
  shown("students");

  fireEvent.click(screen.getByRole("button", { name: "fewer than 10" }));

  const said = screen.getByRole("dialog", { name: "Why no number stands here" });
  expect(said.textContent).toContain("This day is about fewer than 10 students or classrooms.");
});

test("what is of something else than students or classrooms is shown", () => {
  expect(shown("something_else")[1]).toEqual(["Jan 12, 2026", "7", "9", "77.8%"]);
});

test("three students are shown where somebody said out of how many, else fewer than ten", () => {
  const rows = shown("students", "count", COUNTS);

  expect(rows).toEqual([
    ["Jan 19, 2026", "3", "30"],
    ["Jan 12, 2026", "fewer than 10"],
    ["Jan 5, 2026", "12", ""],
  ]);
  fireEvent.click(screen.getByRole("button", { name: "fewer than 10" }));
  const said = screen.getByRole("dialog", { name: "Why no number stands here" });
  expect(said.textContent).toContain("nobody said out of how many");
});

test("a count of lessons has no column of out of how many, and every day of it is shown", () => {
  expect(shown("something_else", "count", COUNTS)[1]).toEqual(["Jan 12, 2026", "3"]);
});
