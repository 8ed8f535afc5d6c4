/** Readings as tables, the same as on the server; and which cards are read apart. */
import { expect, test } from "vitest";
import {
  bearingOf,
  cardsToRead,
  CARDS_TO_READ,
  tableOf,
  timesOfTen,
  waysOf,
} from "../../../pwa/src/domain/readings";
import { vectors } from "./real-notes";

type Bears = "bears_not" | "bears_partly" | "bears";

interface Vectors {
  times_of_ten: readonly (readonly [number, number])[];
  bearings: { about: string; tagged: Record<Bears, string[]>; says: number | null }[];
  tables: {
    about: string;
    answers: [string, string, number | null][];
    table: (number | null)[][];
  }[];
}

const { times_of_ten, bearings, tables } = vectors<Vectors>("readings.json");

const answer = ([card, reader, word]: [string, string, number | null]) => ({ card, reader, word });

test.each(bearings)("a focus question has one answer or none: $about", ({ tagged, says }) => {
  const { bears_not, bears_partly, bears } = tagged;
  const sets = {
    bears_not: new Set(bears_not),
    bears_partly: new Set(bears_partly),
    bears: new Set(bears),
  };
  expect(bearingOf(sets, "q")).toBe(says);
});

test.each(tables)("answers make a table: $about", ({ answers, table }) => {
  expect(tableOf(answers.map(answer))).toEqual(table);
});

test.each(times_of_ten)("a share of %f is so many times of ten", (share, times) => {
  expect(timesOfTen(share)).toBe(times);
});

test("ways of reading are words and how many, the most often chosen first", () => {
  const answers = [0, 2, 2, null, 0, 2].map((word, at) => answer(["c", `r${at}`, word]));
  expect(waysOf(answers)).toEqual([
    [2, 3],
    [0, 2],
  ]);
});

test("cards that somebody has begun on stay among those to read when others come", () => {
  const agreed = Array.from({ length: 20 }, (_, at) => `card ${String(at).padStart(2, "0")}`);
  expect(cardsToRead(agreed, new Set())).toEqual(agreed.slice(0, CARDS_TO_READ));

  const begun = new Set(["card 19", "card 12"]);
  const read = cardsToRead(agreed, begun);
  expect(read).toHaveLength(CARDS_TO_READ);
  expect(read).toEqual(expect.arrayContaining([...begun]));
});

test("a card that was taken back is read no more, and no begun card is left out", () => {
  const agreed = Array.from({ length: 12 }, (_, at) => `card ${String(at).padStart(2, "0")}`);
  expect(cardsToRead(agreed, new Set(agreed.slice(0, 10)))).toHaveLength(10);
  expect(cardsToRead(["b", "a"], new Set(["gone"]))).toEqual(["a", "b"]);
});
