/** One clock for all devices: told from moments, so that sleep takes nothing and adds nothing. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { TimeButtons } from "../../../../pwa/src/screens/debriefs/control-strip";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import {
  currentStep,
  keepClock,
  runbookOf,
} from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepTime } from "../../../../pwa/src/screens/debriefs/step-time";
import { derivedId, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const MINUTE = 60_000;
const BEGAN = Date.UTC(2026, 10, 24, 13, 0);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const shown = () => screen.getByRole("timer").textContent;

test("a tablet that slept shows the right time as soon as somebody looks at it again", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let now = BEGAN;
  const clock = { step: newId(), beganAt: BEGAN, pausedAt: null, addedMinutes: 0 };
  render(<StepTime clock={clock} minutes={20} now={() => now} />);
  expect(shown()).toBe("20:00");

  now += 7 * MINUTE; // Asleep: no timer has run meanwhile.
  expect(shown()).toBe("20:00");
  act(() => void document.dispatchEvent(new Event("visibilitychange")));

  expect(shown()).toBe("13:00");
});

test("what a pause took is given back when the lead goes on", async () => {
  await aNotebook();
  const scope = `round:${ROUND}`;
  await save("participant", newId(), scope, { member: MEMBER, "roles/facilitator": true });
  const runbook = runbookOf(ROUND);
  const step = currentStep(runbook, undefined);
  const paused = { step: step.id, beganAt: Date.now() - 9 * MINUTE, addedMinutes: 0 };
  await keepClock(runbook, { ...paused, pausedAt: paused.beganAt + 4 * MINUTE }, step.phase);
  render(<TimeButtons board={boardOf(ROUND)} runbook={runbook} current={step} />);

  fireEvent.click(screen.getByText("Go on"));

  const debrief = () => record("debrief", derivedId(ROUND, "debrief")).value!.fields;
  await vi.waitFor(() => expect(debrief().paused_at).toBeNull());
  const passed = Date.now() - Date.parse(debrief().step_began_at!);
  expect(Math.round(passed / MINUTE)).toBe(4);
});
