import { describe, expect, test } from "vitest";
import { wordSlug, wordsToCheck } from "../../../pwa/src/domain/names-check";
import vectors from "../../vectors/names_check.json";

describe("the name check", () => {
  test.each(vectors.word_slug)("remembers $word as the server does", ({ word, slug }) => {
    expect(wordSlug(word)).toBe(slug);
  });

  test.each(vectors.words_to_check)("lists $words once", ({ texts, looked_at, words }) => {
    const lookedAt = new Set(looked_at.map(wordSlug));

    expect(wordsToCheck(texts, lookedAt, "en")).toEqual(words);
  });
});
