/** The one wall as somebody stands before it: larger and smaller, a part of it, and no numbers. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { Wall } from "../../../../pwa/src/screens/debriefs/wall";
import { addGroup, moveCard } from "../../../../pwa/src/screens/debriefs/wall-acts";
import { oneWall, teamWall } from "../../../../pwa/src/screens/debriefs/walls";
import { newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [OURS, THEIRS, QUESTION] = [newId(), newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("team", OURS, SCOPE, { name: "A", order: 1, [`members/${MEMBER}`]: true });
  await save("team", THEIRS, SCOPE, { name: "B", order: 2 });
  await save("focus_question", QUESTION, SCOPE, { text: "Who asks?", order: 1 });
});

afterEach(cleanup);

async function aCard(text: string, team: string, tags: Record<string, true> = {}): Promise<string> {
  const id = newId();
  await save("card", id, SCOPE, { text, element: "task", standing: "agreed", ...tags });
  await save("card_source", newId(), VISITORS, { card: id, team, minute: 4 });
  return id;
}

const texts = (container: Element) =>
  [...container.querySelectorAll(".wall-card-text")].map(({ textContent }) => textContent).sort();

const show = () => render(<Wall wall={oneWall(boardOf(ROUND))} />).container;

test("cards grow and shrink on this tablet, as far as three sizes go", async () => {
  await aCard("why", OURS);
  const container = show();
  const frame = container.querySelector<HTMLElement>(".wall-frame")!;
  const press = (words: string) => fireEvent.click(screen.getByText(words));

  expect(frame.dataset["size"]).toBe("usual");
  press("Larger");
  expect(frame.dataset["size"]).toBe("large");
  expect(screen.getByText<HTMLButtonElement>("Larger").disabled).toBe(true);
  press("Smaller");
  press("Smaller");
  expect(frame.dataset["size"]).toBe("small");
  expect(screen.getByText<HTMLButtonElement>("Smaller").disabled).toBe(true);
});

test("a focus question shows the cards that bear on it, and all of them again", async () => {
  await aCard("it bears on it", OURS, { [`focus_questions/${QUESTION}`]: true });
  await aCard("it does not", THEIRS);
  const container = show();
  expect(texts(container)).toEqual(["it bears on it", "it does not"]);

  fireEvent.change(screen.getByLabelText("Focus question"), { target: { value: QUESTION } });
  expect(texts(container)).toEqual(["it bears on it"]);

  fireEvent.click(screen.getByText("Show all"));
  expect(texts(container)).toEqual(["it bears on it", "it does not"]);
});

test("a group and a stack show their cards and nowhere their number", async () => {
  const board = () => boardOf(ROUND);
  const own = () =>
    teamWall(
      board(),
      board().teams.find(({ id }) => id === OURS)!,
    );
  const stacked = [await aCard("why", OURS), await aCard("how", OURS), await aCard("what", OURS)];
  const questions = await addGroup(own(), "Questions");
  for (const card of stacked) await moveCard(own(), card, questions);
  const hung = [await aCard("yes", THEIRS), await aCard("no", THEIRS)];
  const answers = await addGroup(oneWall(board()), "Answers");
  for (const card of hung) await moveCard(oneWall(board()), card, answers);
  expect(oneWall(board()).stacks[0]?.cards).toHaveLength(3);
  expect(oneWall(board()).piles[0]?.cards).toHaveLength(2);

  const container = show();

  const said = [...container.querySelectorAll("*")].flatMap((each) => [
    ...[...each.childNodes].filter(({ nodeType }) => nodeType === 3).map((text) => text.nodeValue!),
    ...["aria-label", "title", "alt", "placeholder"].map((name) => each.getAttribute(name) ?? ""),
  ]);
  expect(said.join(" ")).toContain("Questions");
  expect(said.filter((words) => /\d|\b(one|two|three) cards?\b/i.test(words))).toEqual([]);
});

test("a card that was moved stays in sight, and its focus with it", async () => {
  const moved = await aCard("why", OURS);
  await aCard("how", OURS);
  const { rerender } = render(<Wall wall={oneWall(boardOf(ROUND))} />);
  fireEvent.click(screen.getByLabelText("Move to… why"));
  screen.getByRole("heading", { name: "Where to move “why”?" });

  fireEvent.click(screen.getByText("New group", { selector: ".menu-item" }));
  await waitFor(() => expect(oneWall(boardOf(ROUND)).piles).toHaveLength(1));
  rerender(<Wall wall={oneWall(boardOf(ROUND))} />);

  await waitFor(() => {
    const [arrived, ...others] = document.querySelectorAll<HTMLElement>("[data-arrived]");
    expect(arrived!.dataset["movable"]).toBe(moved);
    expect(others).toEqual([]);
  });
  expect(document.activeElement!.getAttribute("data-grip")).toBe(moved);
});
