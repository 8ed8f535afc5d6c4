/** Who learns to facilitate reads what is said, and leads nothing yet. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepHead } from "../../../../pwa/src/screens/debriefs/step-head";
import type { RoundRole } from "../../../../pwa/src/generated/records";
import { may, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

beforeEach(async () => {
  await aNotebook();
});
afterEach(cleanup);

async function comeAs(role: RoundRole): Promise<void> {
  const id = newId();
  await save("participant", id, SCOPE, { member: MEMBER });
  await save("participant", id, SCOPE, { [`roles/${role}`]: true });
  const [step] = runbookOf(ROUND).steps;
  render(<StepHead board={boardOf(ROUND)} step={step!} />);
}

const script = () => screen.queryByText("For whoever facilitates");

test("an apprentice reads the facilitator's script, writes notes on the step, and leads nothing", async () => {
  await comeAs("apprentice");

  expect(script()).not.toBeNull();
  expect(screen.queryByText("Notes on this step")).not.toBeNull();
  expect(may("debrief", SCOPE)).toBe(false);
});

test("a facilitator has the same, and leads", async () => {
  await comeAs("facilitator");

  expect(script()).not.toBeNull();
  expect(may("debrief", SCOPE)).toBe(true);
});

test("a visitor has neither", async () => {
  await comeAs("visitor");

  expect(script()).toBeNull();
  expect(screen.queryByText("Notes on this step")).toBeNull();
});
