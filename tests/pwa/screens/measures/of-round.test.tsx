/** A number may name its round: with it comes the round's day, and nothing else of it. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { notedDays } from "../../../../pwa/src/screens/measures/measure-chart";
import { AddPoints } from "../../../../pwa/src/screens/measures/points-sheet";
import { PointsTable } from "../../../../pwa/src/screens/measures/points-table";
import { pointId, seriesOf, type MeasureView } from "../../../../pwa/src/screens/measures/series";
import { newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, NETWORK, ROUND } from "../evidence/notebook";

const MEASURE = "55555555-5555-4555-8555-555555555555";
const HERE = `network:${NETWORK}`;

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});
beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, `round:${ROUND}`, { title: "In the fall", visits_on: "2026-10-08" });
  await save("measure", MEASURE, HERE, { title: "Asked why", numbers: "value" });
});
afterEach(cleanup);

function measure(): MeasureView {
  return record("measure", MEASURE).value!;
}

test("the round is chosen, brings its day, and stands beside the number", async () => {
  render(<AddPoints measure={measure()} open onClose={() => {}} />);

  fireEvent.change(screen.getByLabelText("Of which round, if of one"), {
    target: { value: ROUND },
  });
  fireEvent.input(screen.getByLabelText("Number"), { target: { value: "14" } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() =>
    expect(record("measure_point", pointId(MEASURE, "2026-10-08")).value?.fields).toMatchObject({
      ...{ measured_on: "2026-10-08", value: "14", round: ROUND },
    }),
  );
  const series = seriesOf(measure());
  expect(notedDays(series)).toEqual([{ at: 0, number: 1, words: "Round of Oct 8, 2026." }]);
  render(<PointsTable measure={measure()} series={series} onOpen={() => {}} />);
  expect(screen.getByRole("rowheader").textContent).toContain("Round of Oct 8, 2026.");
});

test("of a round that somebody does not hold nothing is told", async () => {
  await save("measure_point", newId(), HERE, {
    ...{ measure: MEASURE, measured_on: "2026-10-08", value: "14", round: newId() },
  });

  expect(notedDays(seriesOf(measure()))).toEqual([]);
});
