import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { QuestionsStep } from "../../../../pwa/src/screens/evidence/questions-step";
import { notesOf } from "../../../../pwa/src/screens/evidence/own-notes";
import { newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "./notebook";

beforeEach(() => aNotebook());
afterEach(cleanup);

async function aLine(text: string): Promise<void> {
  const fields = { round: ROUND, text, order: 1, minute: 1 };
  await save("note", newId(), `own:${MEMBER}`, fields);
}

const walk = () =>
  render(<QuestionsStep round={ROUND} notes={notesOf(ROUND, MEMBER)} onGo={vi.fn()} />);
const field = () => screen.getByLabelText("Your line");
const texts = () => notesOf(ROUND, MEMBER).map((note) => note.fields.text);
const kept = () => notesOf(ROUND, MEMBER).map((note) => [...note.fields.tags]);

test("new words are kept as they are typed, also by who goes on without a press", async () => {
  await aLine("students were engaged");
  const { unmount } = walk();

  fireEvent.input(field(), { target: { value: "4 of 5 write, 1 looks out" } });
  unmount();

  await vi.waitFor(() => expect(texts()).toEqual(["4 of 5 write, 1 looks out"]));
});

test("to keep a line as it is empties nothing, though its field was emptied", async () => {
  await aLine("students were engaged");
  walk();

  fireEvent.input(field(), { target: { value: "" } });
  fireEvent.click(screen.getByRole("button", { name: "Keep it as it is" }));

  await vi.waitFor(() => expect(kept()[0]?.length).toBeGreaterThan(0));
  expect(texts()).toEqual(["students were engaged"]);
});

test("words that answer the question are not also kept as they were", async () => {
  await aLine("students were engaged");
  walk();

  fireEvent.input(field(), { target: { value: "4 of 5 write" } });
  fireEvent.click(screen.getByRole("button", { name: "Keep the new words" }));

  await vi.waitFor(() => expect(texts()).toEqual(["4 of 5 write"]));
  expect(kept()).toEqual([[]]);
});
