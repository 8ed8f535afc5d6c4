import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SortStep } from "../../../../pwa/src/screens/evidence/sort-step";
import { notesOf } from "../../../../pwa/src/screens/evidence/own-notes";
import { newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "./notebook";

beforeEach(() => aNotebook());
afterEach(cleanup);

async function someLines(...texts: string[]): Promise<void> {
  for (const [order, text] of texts.entries()) {
    const fields = { round: ROUND, text, order, minute: order };
    await save("note", newId(), `own:${MEMBER}`, fields);
  }
}

const elements = () => notesOf(ROUND, MEMBER).map((note) => note.fields.element ?? null);

function sort(keys: string): void {
  render(<SortStep round={ROUND} notes={notesOf(ROUND, MEMBER)} onGo={vi.fn()} />);
  press(keys);
}

/** All keys in one go: nothing is drawn between two of them. */
function press(keys: string): void {
  for (const key of keys) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
}

test("keys that come faster than the screen is drawn sort one line each", async () => {
  await someLines("points at the board", "two columns", "all look up");

  sort("134");

  await vi.waitFor(() => expect(elements()).toEqual(["teacher", "task", "relation"]));
});

test("a line that is put off comes back at the end, and going back undoes one step", async () => {
  await someLines("points at the board", "two columns");

  sort("s2z4");

  await vi.waitFor(() => expect(elements()).toEqual([null, "relation"]));
});

test("a line that is still on its way to the disk when sorting begins is sorted as well", async () => {
  await someLines("points at the board");
  const { rerender } = render(
    <SortStep round={ROUND} notes={notesOf(ROUND, MEMBER)} onGo={vi.fn()} />,
  );
  await someLines("two columns");
  rerender(<SortStep round={ROUND} notes={notesOf(ROUND, MEMBER)} onGo={vi.fn()} />);

  press("13");

  await vi.waitFor(() => expect(elements().sort()).toEqual(["task", "teacher"]));
});
