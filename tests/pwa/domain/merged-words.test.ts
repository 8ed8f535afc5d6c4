import fc from "fast-check";
import { expect, test } from "vitest";
import { mergedWords } from "../../../pwa/src/domain/merged-words";

test("what both say stands once, where they differ both stand", () => {
  expect(
    mergedWords("Students explain their thinking to a partner.", "Students explain it to a class."),
  ).toBe("Students explain their thinking it to a partner. class.");
  expect(mergedWords("We listen.", "We listen. We ask.")).toBe("We listen. We ask.");
  expect(mergedWords("", "We ask.")).toBe("We ask.");
});

test("lines and paragraphs stay lines and paragraphs", () => {
  const text = "First line\nsecond line\n\nnext part";

  expect(mergedWords(text, text)).toBe(text);
  expect(mergedWords(text, `${text} and more`)).toBe(`${text} and more`);
});

const words = fc
  .array(fc.constantFrom("a", "b", "c", "why?", "ñ", "12"), { maxLength: 12 })
  .map((list) => list.join(" "));
const split = (text: string) => text.split(/\s+/).filter(Boolean);

/** Whether all words stand in the text in their order. */
function holds(text: string, wanted: string): boolean {
  const left = split(text);
  return split(wanted).every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(0, at + 1);
    return at >= 0;
  });
}

test("no word of either text is lost, and both keep their order", () => {
  fc.assert(
    fc.property(words, words, (one, other) => {
      const merged = mergedWords(one, other);
      expect(holds(merged, one)).toBe(true);
      expect(holds(merged, other)).toBe(true);
      expect(split(merged).length).toBeLessThanOrEqual(split(one).length + split(other).length);
    }),
  );
});

test("two long texts that have little in common stand one after the other, at once", () => {
  const [one, other] = ["a ".repeat(4_000), "b ".repeat(4_000)];

  expect(mergedWords(one, other)).toBe(`${one}\n\n${other}`);
});
