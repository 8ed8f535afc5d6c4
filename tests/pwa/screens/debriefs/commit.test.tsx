/** The end of a debrief: what each will do, questions that stay, how norms held, pushing back. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { hostPartOf } from "../../../../pwa/src/screens/debriefs/host-part";
import { PatternEditor } from "../../../../pwa/src/screens/debriefs/pattern-editor";
import { agreementOn, PatternList } from "../../../../pwa/src/screens/debriefs/pattern-list";
import ComingBack from "../../../../pwa/src/screens/improvement/coming-back";
import { Commit } from "../../../../pwa/src/screens/improvement/commit";
import { CommitmentBack, commitmentOf } from "../../../../pwa/src/screens/improvement/commitment";
import { NextLevel } from "../../../../pwa/src/screens/improvement/next-level";
import { derivedId, list, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const NORM = newId();

beforeEach(async () => {
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("norm", NORM, SCOPE, { text: "We write what we see.", order: 1 });
});

afterEach(cleanup);

const type = (label: string | RegExp, text: string) => {
  const field = screen.getByLabelText(label);
  fireEvent.input(field, { target: { value: text } });
  fireEvent.blur(field);
};

test("what I will do lies in my own space, and comes back to me with what became of it", async () => {
  render(<Commit board={boardOf(ROUND)} />);

  fireEvent.click(screen.getByText("Write what I will do"));
  await screen.findByLabelText("What I will do before we meet again");
  type("What I will do before we meet again", "Ask one why a lesson");
  await waitFor(() => expect(commitmentOf(ROUND)?.fields.text).toBe("Ask one why a lesson"));

  expect(commitmentOf(ROUND)?.scope).toBe(`own:${MEMBER}`);
  cleanup();
  render(<CommitmentBack roundId={ROUND} />);
  expect(screen.getByText("Ask one why a lesson")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("Doing"));
  await waitFor(() => expect(commitmentOf(ROUND)?.fields.outcome).toBe("doing"));
});

test("a question for the host is one line of words, and can be taken back", async () => {
  render(<Commit board={boardOf(ROUND)} />);

  fireEvent.click(screen.getByText("Add a question"));
  await screen.findByLabelText("Question 1");
  type("Question 1", "Who decides what is asked?");

  const questions = () => list("reflective_question", SCOPE).value;
  await waitFor(() => expect(questions()[0]?.fields.text).toBe("Who decides what is asked?"));
  fireEvent.click(screen.getByRole("button", { name: "Change: Question 1" }));
  fireEvent.click(screen.getByText("Remove"));
  await waitFor(() => expect(questions()).toEqual([]));
});

test("a norm that is looked at again says what to do differently; one that held says nothing more", async () => {
  render(<Commit board={boardOf(ROUND)} />);

  fireEvent.click(screen.getByLabelText("It held"));
  await waitFor(() => expect(list("norm_check", SCOPE).value[0]?.fields.held).toBe("held"));
  expect(screen.queryByLabelText("What we want to do differently")).toBeNull();

  fireEvent.click(screen.getByLabelText("We look at it again"));
  await screen.findByLabelText("What we want to do differently");
});

const PATTERN = newId();

async function anAgreedPattern(): Promise<void> {
  const set = { form: "pattern", subject: "students", statement: "Copy.", consensus: "agree" };
  await save("pattern", PATTERN, SCOPE, { ...set, quantifier: "many", order: 1 } as never);
}

test("whoever finds that the evidence does not carry a pattern says what is open, and it is not agreed on", async () => {
  await anAgreedPattern();
  const pattern = record("pattern", PATTERN).value!;
  render(<PatternEditor board={boardOf(ROUND)} pattern={pattern} onClose={() => undefined} />);
  const send = screen.getByText("Set to “not yet”");
  fireEvent.click(screen.getByText("Send it back: the evidence does not carry it"));
  expect((send as HTMLButtonElement).disabled).toBe(true);

  type("What is still open?", "Both cards are of one task.");
  await waitFor(() => expect((send as HTMLButtonElement).disabled).toBe(false));
  fireEvent.click(send);

  await waitFor(() => expect(agreementOn(record("pattern", PATTERN).value!)).toBe("not_yet"));
  cleanup();
  const nothing = () => undefined;
  render(
    <PatternList board={boardOf(ROUND)} onOpen={nothing} onWrite={nothing} isOwnAct={false} />,
  );
  expect(screen.getByText("Still open: Both cards are of one task.")).toBeTruthy();
});

test("what I wanted to do stands on Today once the network is about to meet again", async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await save("round", ROUND, SCOPE, { visits_on: day(-30) });
  const own = derivedId(ROUND, `commitment:${MEMBER}`);
  await save("commitment", own, `own:${MEMBER}`, { round: ROUND, text: "Ask why" });
  const next = newId();
  await save("round", next, `round:${next}`, { title: "Elm", visits_on: day(60) });
  const { container } = render(<ComingBack />);
  expect(container.textContent).toBe("");

  await save("round", next, `round:${next}`, { visits_on: day(9) });

  expect(await screen.findByText("Ask why")).toBeTruthy();
});

test("a summary that the host was reminded of stands on Today until the host opens it", async () => {
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/host": true });
  const closed_at = "2026-11-24T20:42:00Z";
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { closed_at });
  const summary = derivedId(ROUND, "summary");
  await save("return_summary", summary, SCOPE, { reminded_at: new Date().toISOString() });
  const { container } = render(<ComingBack />);
  const row = screen.getByText("Read the summary").closest("a")!;
  expect(row.getAttribute("href")).toBe(`/rounds/${ROUND}/summary`);
  expect(row.textContent).toContain("You were reminded to read it");

  const opened = { "opened/network": true, closing_as_opened: closed_at } as const;
  await save("return_summary", summary, SCOPE, opened);

  await waitFor(() => expect(container.textContent).toBe(""));
});

test("whoever is no host of the round finds no reminder on Today", async () => {
  const summary = derivedId(ROUND, "summary");
  await save("return_summary", summary, SCOPE, { reminded_at: new Date().toISOString() });

  const { container } = render(<ComingBack />);

  expect(container.textContent).toBe("");
});

test("where nobody said otherwise the host listens until the host's turn", async () => {
  expect(hostPartOf(ROUND)).toBe("listens");

  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { host_part: "takes_part" });

  expect(hostPartOf(ROUND)).toBe("takes_part");
});

test("while nothing is written, to write it is what the step waits for", async () => {
  const shows = () => (
    <>
      <PatternList board={boardOf(ROUND)} onOpen={() => {}} onWrite={() => {}} isOwnAct />
      <NextLevel scope={SCOPE} items={boardOf(ROUND).items} />
    </>
  );
  const looks = () =>
    ["Write a pattern", "Add something to do"].map((name) =>
      screen.getByRole("button", { name }).getAttribute("data-look"),
    );
  const { rerender } = render(shows());
  expect(looks()).toEqual(["primary", "primary"]);

  await save("pattern", newId(), SCOPE, { form: "pattern", statement: "give reasons", order: 1 });
  await save("next_level_item", newId(), SCOPE, { text: "One why a task", order: 1 });

  rerender(shows());
  expect(looks()).toEqual(["plain", "plain"]);
});
