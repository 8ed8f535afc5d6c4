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

const SHARES = [
  ["2026-01-05", "8", "12"],
  ["2026-01-12", "7", "9"],
  ["2026-01-19", "9", "13"],
] as const;

function shown(base: "students" | "something_else") {
  const fields = { numbers: "share", base, form: "control", title: "Invented", unit: "" };
  const measure = { id: "m", kind: "measure", scope: "network:n", fields } as MeasureView;
  const points = SHARES.map(([measured_on, value, out_of]) => ({
    ...{ id: measured_on, kind: "measure_point", scope: "network:n" },
    fields: { measure: "m", measured_on, value, out_of, note: "" },
  })) as unknown as PointView[];
  const days = daysOf(
    "share",
    base,
    SHARES.map(([on, value, out]) => ({ on, value: +value, outOf: +out, note: "" })),
  );
  const kept = days.filter((day) => !day.hidden);
  const series = { points, days, shown: kept, chart: draw("control", "share", kept) };
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
