import { describe, expect, test } from "vitest";
import { findIdentities, replaceIdentities } from "../../../pwa/src/domain/identity";
import type { Language } from "../../../pwa/src/domain/language";
import { hasRealNotes, realNotes, UNLESS_REAL, vectors } from "./real-notes";

interface Vector {
  readonly text: string;
  readonly language: Language;
  readonly beganAt?: string;
  readonly minute?: number;
  readonly notPersons?: readonly string[];
  readonly found: readonly (readonly [string, string])[];
  readonly replaced: string;
}

describe("names, rooms and clock times, the same as on the server", () => {
  test.each(vectors<Vector[]>("identity.json"))("$text", (vector) => {
    const found = findIdentities(vector.text, {
      language: vector.language,
      beganAt: vector.beganAt ?? null,
      minute: vector.minute ?? null,
      notPersons: new Set(vector.notPersons),
    });

    expect(found.map(({ text, sort }) => [text, sort])).toEqual(vector.found);
    expect(replaceIdentities(vector.text, found)).toBe(vector.replaced);
    for (const { start, end, text } of found) expect(vector.text.slice(start, end)).toBe(text);
  });
});

test("64 KiB of hostile text are read in a moment", () => {
  for (const piece of ["Aa ", "9:1", "room ", "Mr. ", "A", "'", "🎨"]) {
    const begun = performance.now();

    findIdentities(piece.repeat(65_536 / piece.length), { language: "en" });

    expect(performance.now() - begun).toBeLessThan(5000);
  }
});

describe.skipIf(!hasRealNotes)(`on 4,492 real notes${UNLESS_REAL}`, () => {
  test("few notes hold a candidate, and those that do are mostly names", () => {
    const notes = realNotes();

    const holding = notes.filter((note) => findIdentities(note.given, { language: "en" }).length);

    console.info(`${holding.length} of ${notes.length} notes hold a candidate`);
    expect(holding.length / notes.length).toBeLessThan(0.03);
    expect(holding.length / notes.length).toBeGreaterThan(0.01);
  });
});
