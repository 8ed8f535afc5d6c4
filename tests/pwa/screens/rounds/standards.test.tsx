/** Frameworks taken away: what plans quote stays, what is offered goes. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test } from "vitest";
import { QuestionsSheet } from "../../../../pwa/src/screens/evidence/questions-sheet";
import type { Writing } from "../../../../pwa/src/screens/evidence/writing";
import { KeptInMind } from "../../../../pwa/src/screens/debriefs/kept-in-mind";
import { Frameworks } from "../../../../pwa/src/screens/networks/frameworks";
import { codesOf } from "../../../../pwa/src/screens/rounds/standard-codes";
import { standardsFor, standardsHere } from "../../../../pwa/src/screens/rounds/standards";
import { derivedId, list, record, restore, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, NETWORK, ROUND } from "../evidence/notebook";

const SHARED = `network:${NETWORK}`;
const SCOPE = `round:${ROUND}`;
const FRAMEWORK = derivedId("framework", "one");
const STANDARD = derivedId(FRAMEWORK, "standard");
const QUESTION = derivedId(ROUND, "question");

beforeEach(async () => {
  localStorage.clear();
  await aNotebook();
  asLead();
  await save("framework", FRAMEWORK, SHARED, { title: "Invented mathematics", creator: "" });
  const item = { framework: FRAMEWORK, code: "M.6.RP", text: "Compare", asks: false, order: 1 };
  await save("standard", STANDARD, SHARED, item);
  const text = "Who does the thinking?";
  const bears = { [`standards/${STANDARD}`]: true } as const;
  await save("focus_question", QUESTION, SCOPE, { text, order: 1, ...bears });
});
afterEach(cleanup);

function question() {
  return record("focus_question", QUESTION).value!;
}

test("a framework is removed by two presses; its plans keep question, code and tick", async () => {
  render(
    <LocationProvider>
      <Frameworks scope={SHARED} />
    </LocationProvider>,
  );
  expect(screen.getByText("1 standard")).toBeTruthy();

  fireEvent.click(screen.getByText("Invented mathematics"));
  fireEvent.click(screen.getByRole("button", { name: "Remove it" }));

  await waitFor(() => expect(list("framework", SHARED).value).toEqual([]));
  expect(standardsHere()).toEqual([]);
  expect([question().fields.text, codesOf(question())]).toEqual([
    ...["Who does the thinking?", "M.6.RP"],
  ]);
  expect(standardsFor(question()).map(({ id }) => id)).toEqual([STANDARD]);
  await restore("framework", FRAMEWORK);
  expect(standardsHere().map(({ id }) => id)).toEqual([STANDARD]);
});

test("what a newer edition dropped stays where a plan uses it, and is offered no more", async () => {
  const asks = derivedId(FRAMEWORK, "asks");
  const item = { framework: FRAMEWORK, text: "Who says why?", asks: true, order: 2 };
  await save("standard", asks, SHARED, item);
  expect(standardsHere().map(({ id }) => id)).toEqual([STANDARD, asks]);

  for (const id of [STANDARD, asks]) await save("standard", id, SHARED, { dropped: true });

  expect(standardsHere()).toEqual([]);
  expect(codesOf(question())).toBe("M.6.RP");
  expect(standardsFor(question()).map(({ id }) => id)).toEqual([STANDARD]);
  render(
    <LocationProvider>
      <Frameworks scope={SHARED} />
    </LocationProvider>,
  );
  expect(screen.queryByText("1 standard")).toBeNull();
  await save("standard", STANDARD, SHARED, { dropped: false });
  expect(standardsHere().map(({ id }) => id)).toEqual([STANDARD]);
});

test("the codes stand beside the question in the visit's sheet and in the return summary", () => {
  const writing = { round: ROUND, line: { value: { id: "none" } }, lastFinished: { value: null } };
  render(<QuestionsSheet open onClose={() => {}} writing={writing as unknown as Writing} />);
  expect(screen.getByText("M.6.RP")).toBeTruthy();
  cleanup();

  render(<KeptInMind scope={SCOPE} />);

  expect(screen.getByRole("listitem").textContent).toBe("Who does the thinking?M.6.RP");
});
