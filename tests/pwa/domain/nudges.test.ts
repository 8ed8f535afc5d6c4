import { describe, expect, test } from "vitest";
import type { Language } from "../../../pwa/src/domain/language";
import { nudges, welcomes, type Signal, type WritingPhase } from "../../../pwa/src/domain/nudges";
import { vectors } from "./real-notes";

interface Labelled {
  readonly text: string;
  readonly language: Language;
  readonly phase: WritingPhase;
  readonly signals: readonly Signal[];
  readonly held_out: boolean;
}

const LABELLED = vectors<Labelled[]>("nudge_sentences.json");

function signals(text: string, language: Language = "en", phase: WritingPhase = "note"): Signal[] {
  return nudges(text, { language, phase }).map((nudge) => nudge.signal);
}

/** Over signals of sentences: how many asked were wanted, how many wanted were asked. */
function agreement(sentences: readonly Labelled[]): {
  precision: number;
  recall: number;
} {
  let both = 0;
  let asked = 0;
  let wanted = 0;
  for (const { text, language, phase, signals: labels } of sentences) {
    const found = new Set(signals(text, language, phase));
    both += labels.filter((label) => found.has(label)).length;
    asked += found.size;
    wanted += labels.length;
  }
  return { precision: both / asked, recall: both / wanted };
}

describe("labelled sentences", () => {
  test.each(["en", "es"] as const)("at least 40 of our own in %s", (language) => {
    expect(LABELLED.filter((each) => each.language === language).length).toBeGreaterThan(80);
  });

  test.each(LABELLED.filter((each) => !each.held_out))("$language $phase: $text", (labelled) => {
    const found = new Set(signals(labelled.text, labelled.language, labelled.phase));

    expect([...found].sort()).toEqual([...labelled.signals].sort());
  });

  test.each(["en", "es"] as const)("held out, %s: few are missed, fewer are wrong", (language) => {
    const heldOut = LABELLED.filter((each) => each.held_out && each.language === language);

    const { precision, recall } = agreement(heldOut);

    console.info(
      `held out ${language}: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`,
    );
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.85);
  });

  test("no sentence that is evidence is asked about, held out ones too", () => {
    const evidence = LABELLED.filter((each) => each.signals.length === 0);

    expect(evidence.filter((each) => signals(each.text, each.language, each.phase).length)).toEqual(
      [],
    );
  });
});

describe("a teacher saying good job is evidence", () => {
  test.each([
    'T: "Good job"',
    "t: good job",
    "T1: good job",
    "Teacher: good job",
    "She nods. T: good job",
    'hands back the paper: "good job"',
    "hands back the paper: “good job”",
    "hands back the paper: «good job»",
    "hands back the paper: ‘good job’",
    'hands back the paper: "good job',
    "Teacher says good job to table 2.",
    "Ss: “this is boring” “I like it”",
  ])("%s", (text) => {
    expect(signals(text)).toEqual([]);
  });

  test.each(["M: muy bien", "Maestra: buen trabajo", "Docente: deberían leer", "Alumno: me gusta"])(
    "%s",
    (text) => {
      expect(signals(text, "es")).toEqual([]);
    },
  );

  test("what the visitor adds after the quotation is the visitor's", () => {
    const text = 'T: "Why?" Excellent questioning.';

    const [nudge] = nudges(text, { language: "en" });

    expect(nudge).toMatchObject({
      signal: "value",
      params: { words: "Excellent" },
    });
    expect(text.slice(nudge?.start, nudge?.end)).toBe("Excellent");
  });
});

test("a note asks how many; a pattern asks for a quantifier", () => {
  expect(signals("Many students copy.")).toEqual(["vague"]);
  expect(signals("Many students copy.", "en", "pattern")).toEqual([]);
  expect(signals("Students copy.", "en", "pattern")).toEqual(["quantifier_missing"]);
  expect(
    nudges("Students copy.", {
      language: "en",
      phase: "pattern",
      quantified: true,
    }),
  ).toEqual([]);
});

test("a line in the other language is read in its own", () => {
  expect(signals("Los estudiantes parecían tranquilos.", "en")).toEqual(["mind_reading"]);
  expect(signals("The students seemed calm.", "es")).toEqual(["mind_reading"]);
});

test("what may stand instead of a name is offered in the app's language, as posting offers it", () => {
  const [asked] = nudges("Ms. Sample hands out a sheet with 6 tasks.", { language: "es" });

  expect(asked?.params.instead).toBe("[docente]");
});

test("a name that a visitor wrote is asked about; one that was said waits for the posting", () => {
  expect(signals("She calls on Tamika.")).toEqual(["identity"]);
  expect(signals('T: "Tamika, read line 4."')).toEqual([]);
});

test("a nudge has a question and its words, never another text", () => {
  expect(nudges("Great lesson!", { language: "en" })).toEqual([
    {
      start: 0,
      end: 5,
      signal: "value",
      questionKey: "evidence.nudge.value",
      params: { words: "Great" },
    },
  ]);
});

test("places are right beside emoji and accents", () => {
  const text = "🎨 La lección fue aburridísima y excelente.";

  const places = nudges(text, { language: "es" }).map((each) => text.slice(each.start, each.end));

  expect(places).toEqual(["excelente"]);
});

test("nothing to read raises nothing", () => {
  expect(["", " ", "\n", '"', "T:", "…", "¿?"].map((text) => signals(text))).toEqual(
    Array.from({ length: 7 }, () => []),
  );
});

test("64 KiB of hostile text takes no longer than a person notices", () => {
  for (const piece of ["good ", '"', "T: ", "’", "the the ", "a.", "¿"]) {
    const text = piece.repeat(Math.ceil(65_536 / piece.length));
    const begun = performance.now();

    nudges(text, { language: "en" });

    expect(performance.now() - begun).toBeLessThan(3000);
  }
});

test("welcome in a note: quotations, digits, concrete verbs, actors", () => {
  expect(welcomes('T asks "Why?" 3 times', "en")).toEqual([
    "quotation",
    "number",
    "concrete_verb",
    "actor",
  ]);
  expect(welcomes("Muy bonito todo", "es")).toEqual([]);
  expect(welcomes("La maestra señala el renglón 2", "es")).toEqual([
    "number",
    "concrete_verb",
    "actor",
  ]);
});
