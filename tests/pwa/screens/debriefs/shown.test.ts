/** Which step a screen shows: the one that the debrief stands at, until somebody looks at another. */
import { act, renderHook } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useShown } from "../../../../pwa/src/screens/debriefs/debrief";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { aNotebook, ROUND } from "../evidence/notebook";

beforeEach(() => {
  vi.stubGlobal("scrollTo", vi.fn());
  return aNotebook();
});

afterEach(() => vi.unstubAllGlobals());

test("a look at another step ends when the debrief moves on, and stays ended when it comes back", () => {
  const runbook = runbookOf(ROUND);
  const [first, second, third] = runbook.steps;
  const screen = renderHook(({ at }) => useShown(at, runbook, false), {
    initialProps: { at: second! },
  });
  const shown = () => screen.result.current[0].id;
  act(() => screen.result.current[1](first!));
  expect(shown()).toBe(first!.id);

  screen.rerender({ at: third! });
  expect(shown()).toBe(third!.id);

  screen.rerender({ at: second! });
  expect(shown()).toBe(second!.id);
});
