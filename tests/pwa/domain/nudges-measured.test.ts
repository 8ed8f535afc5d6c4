/** How often nudges ask about what was said in 774 real lessons. Figures: docs/nudges.md. */
import { describe, expect, test } from "vitest";
import { nudges } from "../../../pwa/src/domain/nudges";
import { hasRealNotes, opinionWords, realNotes, UNLESS_REAL } from "./real-notes";

const PERCENT = new Intl.NumberFormat("en", {
  style: "percent",
  minimumFractionDigits: 1,
});

function share<T>(all: readonly T[], is: (each: T) => boolean): number {
  return all.filter(is).length / all.length;
}

const asks = (text: string) => nudges(text, { language: "en" }).length > 0;
const asksOfWords = (text: string) =>
  nudges(text, { language: "en" }).some((nudge) => nudge.signal !== "identity");

describe.skipIf(!hasRealNotes)(`on 4,492 real notes${UNLESS_REAL}`, () => {
  test("verbatim teacher turns are left alone, where a plain word list asks about half", () => {
    const notes = realNotes();
    const teachers = notes.filter((note) => note.actor === "teacher");
    const words = opinionWords();
    const listed = (text: string) =>
      (
        text
          .toLowerCase()
          .replaceAll("’", "'")
          .match(/[a-z'-]+/g) ?? []
      ).some((w) => words.has(w));

    const figures = {
      "plain list, teacher turns": share(teachers, (note) => listed(note.bare)),
      "teacher turns as given": share(teachers, (note) => asks(note.given)),
      "teacher turns bare": share(teachers, (note) => asks(note.bare)),
      "teacher turns bare, but for names": share(teachers, (note) => asksOfWords(note.bare)),
      "all notes as given": share(notes, (note) => asks(note.given)),
      "all notes bare": share(notes, (note) => asks(note.bare)),
    };

    for (const [name, figure] of Object.entries(figures)) {
      console.info(`${name}: ${PERCENT.format(figure)}`);
    }
    expect(notes.length).toBe(4492);
    expect(figures["plain list, teacher turns"]).toBeGreaterThan(0.45);
    expect(figures["teacher turns as given"]).toBe(0);
    expect(figures["teacher turns bare"]).toBeLessThan(0.05);
    expect(figures["all notes as given"]).toBe(0);
  }, 60_000);

  test("a note takes less than a millisecond", () => {
    const took = realNotes().map(({ bare }) => {
      const begun = performance.now();
      asks(bare);
      return performance.now() - begun;
    });

    // The median: a machine that others share now and then stops for longer than a note.
    const median = took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? Infinity;
    console.info(`a note takes ${median.toFixed(2)} ms`);
    expect(median).toBeLessThan(1);
  }, 60_000);
});
