import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cardFacts,
  doubles,
  postedNotes,
  type ClassroomFacts,
} from "../../../pwa/src/domain/evidence";

function aClassroom(id: string, part: Partial<ClassroomFacts> = {}): ClassroomFacts {
  return { id, grade_band: "6_8", subject: "math", context: new Set(), ...part };
}

function several(count: number, part: Partial<ClassroomFacts>, from = 0): ClassroomFacts[] {
  return Array.from({ length: count }, (_, index) => aClassroom(`v${from + index}`, part));
}

const label = (id: string, all: readonly ClassroomFacts[]) => JSON.stringify(cardFacts(id, all));

describe("what a card says of its classroom", () => {
  test("what three classrooms share", () => {
    const all = several(3, { context: new Set(["inclusion"]) });

    expect(cardFacts("v0", all)).toEqual({
      grade_band: "6_8",
      subject: "math",
      context: ["inclusion"],
    });
  });

  test("nothing where only two classrooms share it", () => {
    const all = [...several(2, {}), ...several(4, { grade_band: "3_5", subject: "science" }, 2)];

    expect(cardFacts("v0", all)).toEqual({ grade_band: null, subject: null, context: [] });
  });

  test("three of grades 6-8 and three of math may be one that is both", () => {
    const all = [
      aClassroom("v0"),
      ...several(2, { subject: "science" }, 1),
      ...several(2, { grade_band: "3_5" }, 3),
      ...several(3, { grade_band: "3_5", subject: "arts" }, 5),
    ];

    expect(cardFacts("v0", all)).toMatchObject({ grade_band: "6_8", subject: null });
  });

  test("two that would say nothing are not left alone with it", () => {
    const all = [...several(10, {}), ...several(2, { grade_band: "k_2", subject: "arts" }, 10)];

    const silent = all.filter(({ id }) => cardFacts(id, all).grade_band === null);

    expect(silent.length).toBe(3);
  });

  test("a classroom that was not visited says nothing", () => {
    expect(cardFacts("v9", several(4, {}))).toEqual({
      grade_band: null,
      subject: null,
      context: [],
    });
  });

  test("whatever the round, whoever reads a card is left with three classrooms or more", () => {
    const room = fc.record({
      grade_band: fc.constantFrom("3_5" as const, "6_8" as const, null),
      subject: fc.constantFrom("math" as const, "science" as const, null),
      context: fc.subarray(["inclusion", "advanced"]).map((words) => new Set(words)),
    });
    fc.assert(
      fc.property(fc.array(room, { minLength: 1, maxLength: 16 }), (rooms) => {
        const all = rooms.map((each, index) => ({
          ...each,
          id: `v${String(index).padStart(2, "0")}`,
        }));
        for (const { id } of all) {
          const alike = all.filter((other) => label(other.id, all) === label(id, all));
          expect(alike.length).toBeGreaterThanOrEqual(Math.min(3, all.length));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("fewer than three classrooms say nothing at all", () => {
    expect(label("v0", several(2, {}))).toBe(label("other", []));
  });
});

describe("which notes are posted", () => {
  const cites = [
    { card: "c1", note: "n1" },
    { card: "c2", note: "n1" },
    { card: "c3", note: "n2" },
    { card: "c4", note: "n3" },
    { card: null, note: "n4" },
  ];
  const stands = (card: string) => card !== "c4";

  test("those that a standing card cites; a withdrawn card leaves its note unposted", () => {
    expect([...postedNotes(cites, stands)]).toEqual(["n1", "n2"]);
  });

  test("two cards of one note are doubles", () => {
    expect([...doubles(cites, stands)]).toEqual([["n1", ["c1", "c2"]]]);
  });

  test("one card heard of twice is no double", () => {
    expect(doubles([...cites.slice(2, 3), ...cites.slice(2, 3)], stands).size).toBe(0);
  });
});
