/** A card as long as a page: its beginning stands on the wall, and the rest is one press away. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { beginningOf, CardWords } from "../../../../pwa/src/screens/debriefs/long-words";

const LONGEST = "what was heard, and heard again; ".repeat(2_000).slice(0, 64 * 1024);

afterEach(cleanup);

test("of a card of 64 KiB the beginning is shown, and all of it when that is asked for", () => {
  const { container } = render(<CardWords text={LONGEST} look="words" />);
  const shown = () => container.querySelector(".words")!.textContent!;

  expect(shown().length).toBeLessThan(650);
  expect(LONGEST.startsWith(shown().slice(0, -1))).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "A very long card: read all of it" }));
  expect(shown()).toBe(LONGEST);
  fireEvent.click(screen.getByRole("button", { name: "Show its beginning alone" }));
  expect(shown().length).toBeLessThan(650);
});

test("a card of a usual length stands whole, with nothing to press", () => {
  const words = 'S: "Because both sides have four."\n'.repeat(20);
  render(<CardWords text={words} look="words" />);

  expect(beginningOf(words)).toBe(words);
  expect(screen.queryByRole("button")).toBeNull();
});

test("a long word without a space is cut, and never to nothing", () => {
  expect(beginningOf("a".repeat(5_000))).toBe(`${"a".repeat(600)}…`);
});
