/** The page of a revisit is paper too: what may name somebody is looked at before it is printed. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider, Route, Router } from "preact-iso";
import { afterEach, beforeEach, expect, test } from "vitest";
import RevisitScreen from "../../../../pwa/src/screens/improvement/revisit";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const ITEM = newId();

beforeEach(async () => {
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  const closed = { phase: "next_level", closed_at: "2026-11-05T20:30:00Z" } as const;
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, closed);
  await save("next_level_item", ITEM, SCOPE, { text: "One why a task" });
});
afterEach(cleanup);

function print(): HTMLButtonElement {
  history.replaceState(null, "", `/rounds/${ROUND}/revisit`);
  render(
    <LocationProvider>
      <Router>
        <Route path="/rounds/:round/revisit" component={RevisitScreen} />
        <Route default component={() => null} />
      </Router>
    </LocationProvider>,
  );
  return screen.getByRole("button", { name: "Print" });
}

test("a page on which nobody may be named is printed at once", () => {
  expect(print().disabled).toBe(false);
});

test("a name in what was learned waits until somebody says that it names nobody", async () => {
  const learned = "Ms. Placeholder waits longer.";
  await save("next_level_item", ITEM, SCOPE, { outcome: "done", learned });
  const button = print();
  expect(button.disabled).toBe(true);

  fireEvent.click(screen.getByRole("button", { name: "Names nobody: Ms. Placeholder" }));

  await waitFor(() => expect(button.disabled).toBe(false));
});

test("a name in the theory of action is replaced, and the page is printed without it", async () => {
  const theory = newId();
  await save("theory_of_action", theory, SCOPE, { version: 1, if_text: "Ms. Placeholder asks" });
  const button = print();
  expect(button.disabled).toBe(true);

  fireEvent.click(screen.getByRole("button", { name: /^Replace with/ }));

  await waitFor(() => expect(button.disabled).toBe(false));
  expect(document.body.textContent).not.toContain("Placeholder");
});
