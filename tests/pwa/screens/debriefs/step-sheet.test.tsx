/** A step of one's own: it can be put into another phase, but never while the room stands at it. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepClock, runbookOf, clockOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepSheet } from "../../../../pwa/src/screens/debriefs/step-sheet";
import { newId, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, ROUND } from "../evidence/notebook";

const OWN = newId();

beforeEach(async () => {
  await aNotebook();
  asLead();
  const { id: runbook, scope } = runbookOf(ROUND);
  const about = { activity: "other", phase: "describe", actor: "everyone" } as const;
  await save("step", OWN, scope, { ...about, runbook, title: "Walk round", order: 1, minutes: 5 });
});

afterEach(cleanup);

const own = () => runbookOf(ROUND).steps.find(({ id }) => id === OWN)!;

function show(step = own()): void {
  render(<StepSheet runbook={runbookOf(ROUND)} step={step} onClose={() => undefined} />);
}

test("a step of one's own goes to another phase", async () => {
  show();

  fireEvent.click(screen.getByLabelText("Predict"));

  await expect.poll(() => own().phase).toBe("predict");
});

test("the step that the debrief stands at stays in its phase, and the sheet says why", async () => {
  await keepClock(runbookOf(ROUND), clockOf(OWN, undefined), "describe");

  show();

  expect(screen.getByLabelText("Predict").closest("fieldset")).toHaveProperty("disabled", true);
  expect(screen.getByText(/The debrief stands at this step now/)).toBeTruthy();
});

test("a step that ships belongs to its phase", () => {
  show(runbookOf(ROUND).steps.find(({ activity }) => activity === "gallery_walk"));

  expect(screen.queryByLabelText("Predict")).toBeNull();
});
