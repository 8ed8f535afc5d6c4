/** Next level of work: by when across and on which level down, or one below the other. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { NextLevel } from "../../../../pwa/src/screens/improvement/next-level";
import { RoomPage } from "../../../../pwa/src/screens/projector/room-page";
import { roomViewOf } from "../../../../pwa/src/screens/projector/room-view";
import { derivedId, newId, save, type SetOf } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

beforeEach(async () => {
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function onAScreen(size: "wide" | "narrow"): void {
  const query = {
    matches: size === "wide",
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  };
  vi.stubGlobal("matchMedia", () => query);
}

async function anItem(set: SetOf<"next_level_item">): Promise<string> {
  const id = newId();
  await save("next_level_item", id, SCOPE, set);
  return id;
}

const show = () => render(<NextLevel scope={SCOPE} items={boardOf(ROUND).items} />);

/** What a cell says, found as a screen reader finds it: by the headers of its row and column. */
function cellOf(level: string, horizon: string): HTMLElement {
  const columns = screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
  const row = screen.getByRole("rowheader", { name: level }).closest("tr")!;
  return within(row).getAllByRole("cell")[columns.indexOf(horizon)]!;
}

test("a thing to do stands where its level and its time cross, and every other cell is empty", async () => {
  onAScreen("wide");
  await anItem({ text: "One why a task", horizon: "next_month", level: "school", order: 1 });

  show();

  expect(cellOf("School", "Next month").textContent).toContain("One why a task");
  const others = screen.getAllByRole("cell").filter((cell) => cell.textContent);
  expect(others).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: /One why a task/ }));
  expect(screen.getByLabelText("Who takes it on")).toBeTruthy();
});

test("what has no time or no level yet stands before the grid, and says what it needs", async () => {
  onAScreen("wide");
  await anItem({ text: "Ask students", horizon: "next_week", order: 1 });

  show();

  expect(screen.queryByRole("table")).toBeNull();
  expect(screen.getByRole("button", { name: /Ask students/ }).textContent).toContain(
    "Say on which level.",
  );
});

test("a phone shows the same one below the other, by when", async () => {
  onAScreen("narrow");
  await anItem({ text: "Later", horizon: "end_of_year", level: "network", order: 1 });
  await anItem({ text: "Soon", horizon: "next_week", level: "classroom", order: 2 });

  show();

  const headings = screen.getAllByRole("heading").map(({ textContent }) => textContent);
  expect(headings).toEqual(["Next week", "By the end of the year"]);
  expect(screen.getAllByRole("button").map(({ textContent }) => textContent)[0]).toMatch(/^Soon/);
  expect(screen.queryByRole("table")).toBeNull();
});

test("what became of a thing to do is asked once the debrief that agreed on it is closed", async () => {
  onAScreen("wide");
  const [text, day] = ["One why a task", "2199-01-15"];
  const where = { horizon: "next_week", level: "school", check_back_on: day } as const;
  await anItem({ text, order: 1, taken_on_by: "coaches", ...where });
  const { rerender } = show();
  fireEvent.click(screen.getByRole("button", { name: /One why a task/ }));
  expect(screen.queryByText("Say what became of it")).toBeNull();

  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { closed_at: "2026-11-27T21:00:00Z" });
  rerender(<NextLevel scope={SCOPE} items={boardOf(ROUND).items} />);

  fireEvent.click(await screen.findByText("Say what became of it"));
  fireEvent.click(screen.getByLabelText("Doing"));
  await waitFor(() => expect(boardOf(ROUND).items[0]!.fields.outcome).toBe("doing"));
  const before = Node.DOCUMENT_POSITION_PRECEDING;
  const asked = screen.getByText("Say what became of it");
  expect(asked.compareDocumentPosition(screen.getByLabelText("Check back on"))).toBe(before);
});

/** As two tablets that were apart leave it: each chose three. */
async function fourChosen(): Promise<void> {
  for (const [order, text] of ["One", "Two", "Three", "Four"].entries()) {
    const where = { horizon: "next_week", level: "school", check_back_on: "2027-01-15" } as const;
    await anItem({ text, order, starts_first: true, taken_on_by: "coaches", ...where });
  }
}

const startedWith = (words: string | null) =>
  words!.match(/We start with this(?! ?:)/g)?.length ?? 0;

test("four that were chosen apart are three everywhere, and the fourth is said until one waits", async () => {
  onAScreen("wide");
  await fourChosen();
  const debrief = derivedId(ROUND, "debrief");
  const step = runbookOf(ROUND).steps.find(({ activity }) => activity === "next_level")!;
  await save("debrief", debrief, SCOPE, { phase: "next_level", step: step.id });

  const room = roomViewOf(boardOf(ROUND), runbookOf(ROUND))!;
  expect(room.items.map(({ starts_first }) => starts_first)).toEqual([true, true, true, false]);
  const wall = render(<RoomPage room={room} now={Date.now} />);
  expect(startedWith(cellOf("School", "Next week").textContent)).toBe(3);
  wall.unmount();

  const { rerender } = show();
  expect(screen.getByText(/^4 things were chosen to start with; it can be three/)).toBeTruthy();
  expect(startedWith(cellOf("School", "Next week").textContent)).toBe(3);
  const chosen = within(screen.getByRole("list", { name: "We start with these" }));
  expect(chosen.getAllByRole("listitem").at(-1)!.textContent).toContain("FourAlso chosen");
  fireEvent.click(chosen.getByRole("button", { name: "Let it wait: Two" }));
  await waitFor(() => expect(boardOf(ROUND).items[1]!.fields.starts_first).toBe(false));

  rerender(<NextLevel scope={SCOPE} items={boardOf(ROUND).items} />);
  expect(screen.queryByText(/were chosen to start with/)).toBeNull();
  expect(boardOf(ROUND).items.filter(({ fields }) => fields.starts_first)).toHaveLength(3);
});
