/** A card's words on paper: never cut, never smaller than they have to be. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { paperParts } from "../../../pwa/src/domain/paper-parts";

test("few words stand large on one piece, more of them smaller", () => {
  expect(paperParts("S: because it is even")).toEqual({
    size: "short",
    parts: ["S: because it is even"],
  });
  expect(paperParts("word by word ".repeat(12).trim())).toMatchObject({ size: "medium" });
  expect(paperParts("word by word ".repeat(18).trim())).toMatchObject({ size: "long" });
  expect(paperParts("word by word ".repeat(30).trim())).toMatchObject({ size: "longest" });
});

test("many short lines take the room of a long text", () => {
  const lines = Array.from({ length: 7 }, (_, line) => `S: ${line}`).join("\n");

  expect(paperParts(lines)).toEqual({ size: "long", parts: [lines] });
});

test("a text that no size holds goes on over further pieces, cut between words", () => {
  const text = "word by word ".repeat(60).trim();

  const { parts } = paperParts(text);

  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join("")).toBe(text);
  expect(parts.filter((part) => !/^(?:word|by)/.test(part))).toEqual([]);
});

test("whatever is written, the parts joined are the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", " ", "\n", "w".repeat(70)) }), (text) => {
      expect(paperParts(text).parts.join("")).toBe(text);
    }),
  );
});
