import { expect, test } from "vitest";
import { linesOf } from "../../../pwa/src/components/note-editor-text";

const bytes = (text: string) => new TextEncoder().encode(text).length;

test("return ends a line and leaves an empty one to write in", () => {
  expect(linesOf('T: "Why?"\n')).toEqual({ finished: ['T: "Why?"'], rest: "" });
});

test("return in the middle of a line makes two of it", () => {
  expect(linesOf("S: reads aloud\nS2: writes")).toEqual({
    finished: ["S: reads aloud"],
    rest: "S2: writes",
  });
});

test("a paste of several lines becomes as many notes, blank lines left out", () => {
  const pasted = "one\r\n\r\n  \ntwo\rthree";

  expect(linesOf(pasted)).toEqual({ finished: ["one", "two"], rest: "three" });
});

test("a line is kept as it was typed, with its spaces", () => {
  expect(linesOf("  T: wait \n")).toEqual({
    finished: ["  T: wait "],
    rest: "",
  });
});

test("a line beyond 64 KiB goes on in a second note, and no character is cut in two", () => {
  const long = "x" + "\u{1F600}".repeat(20_000);

  const { finished, rest } = linesOf(long);

  expect([...finished, rest].join("")).toBe(long);
  expect(finished.length).toBe(1);
  expect(finished.every((line) => bytes(line) <= 65_536)).toBe(true);
});

test("a paste of hundreds of lines stays one note, line breaks and all", () => {
  const page = Array.from({ length: 300 }, (_, line) => `line ${line}`).join("\n");

  expect(linesOf(page)).toEqual({ finished: [page], rest: "" });
});
