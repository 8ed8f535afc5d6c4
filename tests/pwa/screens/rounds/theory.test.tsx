/** The theory of action, looked at again after a round: a new version, and the first stays. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planOf } from "../../../../pwa/src/screens/rounds/round-plan";
import { TheoryPart, TheoryRevisited } from "../../../../pwa/src/screens/rounds/theory";
import { list, newId, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

function Shown() {
  return <TheoryPart plan={planOf(ROUND)!} />;
}

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  const first = { version: 1, if_text: "we ask why", then_text: "they explain" };
  await save("theory_of_action", newId(), SCOPE, { ...first, so_that_text: "they reason" });
});

afterEach(cleanup);

const versions = () =>
  list("theory_of_action", SCOPE)
    .value.map(({ fields }) => [fields.version, fields.if_text])
    .sort();

test("a second version begins with the words of the first, and the first stays to be read", async () => {
  render(<Shown />);

  const begin = screen.getByText("Begin a new version");
  fireEvent.click(begin);
  fireEvent.click(begin);
  await screen.findByText("Version 2, now");
  const field = screen.getByLabelText<HTMLTextAreaElement>("If …");
  expect(field.value).toBe("we ask why");
  fireEvent.input(field, { target: { value: "we wait after a why" } });
  fireEvent.blur(field);

  await waitFor(() =>
    expect(versions()).toEqual([
      [1, "we ask why"],
      [2, "we wait after a why"],
    ]),
  );
  expect(screen.getByText("Version 1").closest("details")!.textContent).toContain("we ask why");
});

const BEGAN = "2026-11-24T20:00:00Z";

function Revisited() {
  return <TheoryRevisited plan={planOf(ROUND)!} since={BEGAN} />;
}

test("after a round its theory is read, and what is written is the next version", async () => {
  render(<Revisited />);

  expect(screen.getByText("Version 1, now").parentElement!.textContent).toContain("we ask why");
  expect(screen.queryByLabelText("If …")).toBeNull();
  fireEvent.click(screen.getByText("Begin a new version"));
  await waitFor(() => expect(versions()).toHaveLength(2));

  expect(screen.getByText("Version 2, new")).toBeTruthy();
  expect(screen.getByText("Version 1").parentElement!.textContent).toContain("we ask why");
});

test("what was begun in the debrief is corrected where it stands, also after the app was opened anew", async () => {
  const second = { version: 2, if_text: "we wait", begun_at: "2026-11-24T21:00:00Z" };
  await save("theory_of_action", newId(), SCOPE, second);
  render(<Revisited />);

  const field = screen.getByLabelText<HTMLTextAreaElement>("If …");
  fireEvent.input(field, { target: { value: "we wait after a why" } });
  fireEvent.blur(field);

  await waitFor(() =>
    expect(versions()).toEqual([
      [1, "we ask why"],
      [2, "we wait after a why"],
    ]),
  );
  expect(screen.queryByText("Begin a new version")).toBeNull();
});

test("a second version that was planned was tested too, and is read", async () => {
  const second = { version: 2, if_text: "we wait", begun_at: "2026-11-20T21:00:00Z" };
  await save("theory_of_action", newId(), SCOPE, second);
  render(<Revisited />);

  expect(screen.getByText("Version 2, now").parentElement!.textContent).toContain("we wait");
  expect(screen.queryByLabelText("If …")).toBeNull();
  expect(screen.getByText("Begin a new version")).toBeTruthy();
});
