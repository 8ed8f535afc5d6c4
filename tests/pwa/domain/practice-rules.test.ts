/** Rules 4, 5 and 11 of the practice: the same on the tablet as on the server. */
import { describe, expect, test } from "vitest";
import {
  countsNextLevel,
  hindranceTo,
  mayEnter,
  teamToCheck,
  type DebriefFacts,
} from "../../../pwa/src/domain/debriefs";
import {
  asToBeDone,
  checkBackState,
  chosenFirst,
  missingFromItem,
  type CheckBackFacts,
  type CheckBackState,
  type FirstFacts,
  type ItemFacts,
  type PlaceFacts,
} from "../../../pwa/src/domain/improvement";
import { endOfJoins } from "../../../pwa/src/domain/joins";
import {
  classroomsBehind,
  consensusOf,
  missingOf,
  pushedBack,
  saysItsSubject,
  withinASentence,
  type PatternFacts,
} from "../../../pwa/src/domain/patterns";
import type { Consensus, PatternSubject, Phase } from "../../../pwa/src/generated/records";
import { vectors } from "./real-notes";

type Vector<T> = T & { readonly about: string };

function those<T>(name: string, which: string): Vector<T>[] {
  return vectors<Vector<T>[]>(`${name}.json`).filter((each) => which in each);
}

interface GivenFacts {
  teams: DebriefFacts["teams"];
  pattern_count: number;
  prediction_count: number;
  sealed: boolean;
}

const factsOf = ({ teams, sealed, ...counts }: GivenFacts): DebriefFacts => ({
  teams,
  patternCount: counts.pattern_count,
  predictionCount: counts.prediction_count,
  sealed,
});

describe("a phase opens when nothing stands before it", () => {
  type Given = { wanted: Phase; facts: GivenFacts; hindrance: unknown };

  test.each(those<Given>("debriefs", "hindrance"))("$about", ({ wanted, facts, hindrance }) => {
    expect(hindranceTo(wanted, factsOf(facts))).toEqual(hindrance);
  });
});

describe("a team cross-checks another team's cards", () => {
  type Given = { teams: string[]; own: string; checks: string | null };

  test.each(those<Given>("debriefs", "checks"))("$about", ({ teams, own, checks }) => {
    expect(teamToCheck(teams, own)).toBe(checks);
  });
});

describe("a debrief goes one phase on, or any number back", () => {
  type Given = { current: Phase; wanted: Phase; facts: GivenFacts; may: boolean };

  test.each(those<Given>("debriefs", "may"))("$about: $may", ({ current, wanted, facts, may }) => {
    expect(mayEnter(current, wanted, factsOf(facts))).toBe(may);
  });
});

describe("next-level items count after a sealed prediction", () => {
  type Given = { facts: GivenFacts; counted: boolean };

  test.each(those<Given>("debriefs", "counted"))("$about", ({ facts, counted }) => {
    expect(countsNextLevel(factsOf(facts))).toBe(counted);
  });
});

describe("a pattern is settled when nothing is missing", () => {
  type Counts = { card_count: number; classroom_count: number | null };
  type Given = { pattern: Omit<PatternFacts, "cardCount" | "classroomCount"> & Counts };

  test.each(those<Given & { missing: string[] }>("patterns", "missing"))(
    "$about",
    ({ pattern: { card_count: cardCount, classroom_count: classroomCount, ...rest }, missing }) => {
      expect(missingOf({ ...rest, cardCount, classroomCount })).toEqual(missing);
    },
  );
});

describe("a pattern reads as a sentence", () => {
  type Given = { statement: string; subject: PatternSubject; says_its_subject: boolean };

  test.each(those<Given>("patterns", "says_its_subject"))("$about", (given) => {
    expect(saysItsSubject(given.statement, given.subject)).toBe(given.says_its_subject);
  });

  test.each(those<{ words: string; within_a_sentence: string }>("patterns", "within_a_sentence"))(
    "$about",
    ({ words, within_a_sentence }) => {
      expect(withinASentence(words)).toBe(within_a_sentence);
    },
  );
});

describe("joined visit numbers count as one classroom", () => {
  type Given = { classroom: string; joined_to: Record<string, string>; whole: string };

  test.each(those<Given>("patterns", "whole"))("$about", ({ classroom, joined_to, whole }) => {
    expect(endOfJoins(classroom, new Map(Object.entries(joined_to)))).toBe(whole);
  });

  test("two cards of two numbers that are one room are from one classroom", () => {
    const joined = new Map([["v5", "v4"]]);

    expect(classroomsBehind(["v4", "v5", null, undefined], joined)).toBe(1);
    expect(classroomsBehind(["v4", "v5", "v6"], new Map())).toBe(3);
  });
});

describe("next-level items", () => {
  test.each(those<{ item: ItemFacts; missing: string[] }>("improvement", "missing"))(
    "whole or not: $about",
    ({ item, missing }) => {
      expect(missingFromItem(item)).toEqual(missing);
    },
  );

  type Choice = { chosen: FirstFacts[]; standing: string[]; beyond: string[] };

  test.each(those<{ to_place: PlaceFacts[]; placed: string[] }>("improvement", "to_place"))(
    "the order of a summary: $about",
    ({ to_place, placed }) => {
      expect(asToBeDone(to_place, (each) => each).map(({ id }) => id)).toEqual(placed);
    },
  );

  test.each(those<Choice>("improvement", "chosen"))(
    "at most three are started with: $about",
    ({ chosen, standing, beyond }) => {
      const found = chosenFirst(chosen, (each) => each);

      expect(found.standing.map(({ id }) => id)).toEqual(standing);
      expect(found.beyond.map(({ id }) => id)).toEqual(beyond);
    },
  );

  type Given = { check: CheckBackFacts; today: string; state: CheckBackState };

  test.each(those<Given>("improvement", "state"))("check-back: $about", (given) => {
    expect(checkBackState(given.check, given.today)).toBe(given.state);
  });
});

describe("a pattern that was pushed back is not agreed on", () => {
  type Given = { said: (Consensus | null)[]; consensus: Consensus | null };

  test.each(those<Given>("patterns", "said"))("$about", ({ said, consensus }) => {
    expect(consensusOf(said)).toBe(consensus);
  });

  test("it is pushed back with what is open, never without a word", () => {
    expect(pushedBack(" Which cards? ")).toEqual({
      consensus: "not_yet",
      open_question: "Which cards?",
    });
    expect(pushedBack(" \n ")).toBeNull();
  });
});
