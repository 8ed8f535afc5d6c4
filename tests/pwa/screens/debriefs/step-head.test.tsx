/** What each step says to everybody, and what to whoever facilitates or learns to. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { t, setLanguage } from "../../../../pwa/src/i18n";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
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

test.each(["en", "es"] as const)(
  "every step says why it is there, in two sentences at most, without asking anybody: %s",
  async (words) => {
    await setLanguage(words);
    const asked = vi.spyOn(globalThis, "fetch");
    const { steps } = runbookOf(ROUND);
    expect(steps.length).toBeGreaterThanOrEqual(12);
    for (const step of steps) {
      const { container } = render(<StepHead board={boardOf(ROUND)} step={step} />);
      if (step.order % 2) fireEvent.keyDown(document.body, { key: "?" });
      else fireEvent.click(screen.getByRole("button", { name: `? ${t("debriefs.why")}` }));
      const said = container.querySelector("dialog[open] p")!.textContent;
      expect(said.length, step.activity).toBeGreaterThan(40);
      expect(said.match(/[.?!](?=\s|$)/g)?.length, said).toBeLessThanOrEqual(2);
      expect(container.querySelectorAll("a")).toHaveLength(0);
      cleanup();
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
    await setLanguage("en");
  },
);
