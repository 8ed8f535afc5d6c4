/**
 * Nudges: the question that a line of evidence raises, asked of its writer alone.
 *
 * A nudge never blocks, never rewrites and never leaves the device (rule 7). This module reads
 * a text and answers with places in it; it must not store, send or count anything.
 */

import { findIdentities } from "./identity";
import { languageOf, type Language } from "./language";
import { speechSpans, spokenSentences } from "./speech";
import { ENGLISH_SIGNALS, ENGLISH_WELCOME } from "./words/english";
import { anyOf, folded } from "./words/match";
import { WORD_SIGNALS, type SignalWords, type WordSignal } from "./words/signals";
import { SPANISH_SIGNALS, SPANISH_WELCOME } from "./words/spanish";

/** What a line is written for. In a pattern a quantifier is required; in a note it is vague. */
export type WritingPhase = "note" | "pattern" | "prediction" | "next_level";

export type Signal = WordSignal | "identity" | "quantifier_missing";

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `questionKey` is a message key, `params` what it interpolates (`words`: the words found). */
export interface Nudge extends Span {
  readonly signal: Signal;
  readonly questionKey: `evidence.nudge.${Signal}`;
  readonly params: Readonly<Record<string, string>>;
}

export interface NudgeOptions {
  readonly language: Language;
  /** What the line is written for; a note unless said. */
  readonly phase?: WritingPhase;
  /** Of a pattern: whether "how many" was chosen beside the statement. */
  readonly quantified?: boolean;
}

/**
 * What a phase asks about. A prediction speaks of what students would know, and an item of
 * next-level work is advice by nature: there only identity matters.
 */
const ASKED: Readonly<Record<WritingPhase, (signal: WordSignal) => boolean>> = {
  note: () => true,
  pattern: (signal) => signal !== "vague",
  prediction: () => false,
  next_level: () => false,
};

/** These are a visitor's words even where a line sounds spoken: nobody tells a class its rigor. */
const NEVER_SPOKEN: ReadonlySet<WordSignal> = new Set(["set_phrase", "jargon", "summary"]);

const BLOT = "\uFFFC";
const READ = 8_000;

type Patterns = readonly (readonly [WordSignal, RegExp])[];

function patternsOf(words: SignalWords): Patterns {
  return WORD_SIGNALS.map((signal) => [signal, anyOf(words[signal])] as const);
}

const PATTERNS: Readonly<Record<Language, Patterns>> = {
  en: patternsOf(ENGLISH_SIGNALS),
  es: patternsOf(SPANISH_SIGNALS),
};

const QUANTIFIERS: Readonly<Record<Language, RegExp>> = {
  en: anyOf(["few|some|many|most|all|every|each|none|no|half|\\d+ (?:of|out of)"], "iu"),
  es: anyOf(
    ["poc[oa]s|algun[oa]s|much[oa]s|la mayoria|tod[oa]s|cada|ningun[oa]?|la mitad|\\d+ de"],
    "iu",
  ),
};

/**
 * The questions that a text raises, in the order of their places, none overlapping.
 * Places count UTF-16 units of `text`. Only its beginning is read, several times the longest
 * line that a person writes in a visit, so that no paste can make the writing stutter.
 */
export function nudges(text: string, options: NudgeOptions): Nudge[] {
  const phase = options.phase ?? "note";
  const language = languageOf(text, options.language);
  const read = text.slice(0, READ);
  const found = [
    ...wordNudges(blotted(read, speechSpans(read)), read, language, phase),
    ...findIdentities(blotted(read, speechSpans(read, false)), { language: options.language }).map(
      (finding) =>
        nudge("identity", finding, { words: finding.text, instead: finding.replacement }),
    ),
  ];
  const apart = withoutOverlaps(found);
  if (phase !== "pattern" || options.quantified || QUANTIFIERS[language].test(folded(text)))
    return apart;
  return [nudge("quantifier_missing", { start: 0, end: 0 }, {}), ...apart];
}

/** The text with speech blotted out, letter for letter, so that places stay true. */
function blotted(text: string, speech: readonly Span[]): string {
  let own = "";
  let at = 0;
  for (const place of speech) {
    own += text.slice(at, place.start) + BLOT.repeat(place.end - place.start);
    at = place.end;
  }
  return own + text.slice(at);
}

function wordNudges(own: string, text: string, language: Language, phase: WritingPhase): Nudge[] {
  const plain = folded(own);
  let spoken: readonly Span[] | undefined;
  const found: Nudge[] = [];
  for (const [signal, pattern] of PATTERNS[language]) {
    if (!ASKED[phase](signal)) continue;
    for (const match of plain.matchAll(pattern)) {
      const place = { start: match.index, end: match.index + match[0].length };
      if (!NEVER_SPOKEN.has(signal)) {
        spoken ??= phase === "note" ? spokenSentences(plain, language) : [];
        if (spoken.some((each) => place.start >= each.start && place.start < each.end)) continue;
      }
      if (signal === "vague" && isCounted(plain, place.end)) continue;
      found.push(nudge(signal, place, { words: text.slice(place.start, place.end) }));
    }
  }
  return found;
}

/** "Some (4 of 22)" says how many. */
function isCounted(text: string, end: number): boolean {
  return /^[^.;!?]{0,24}\(\s*\d/u.test(text.slice(end, end + 28));
}

function nudge(signal: Signal, place: Span, params: Nudge["params"]): Nudge {
  const questionKey = `evidence.nudge.${signal}` as const;
  return { start: place.start, end: place.end, signal, questionKey, params };
}

/** Of two that overlap the longer stays; of two equally long the first found. */
function withoutOverlaps(found: readonly Nudge[]): Nudge[] {
  const kept: Nudge[] = [];
  const byLength = found.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  for (const candidate of byLength) {
    if (!kept.some((each) => candidate.start < each.end && each.start < candidate.end))
      kept.push(candidate);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}

export type Welcome = "quotation" | "number" | "concrete_verb" | "actor";

const WELCOMES: Readonly<Record<Language, Readonly<Record<"concrete_verb" | "actor", RegExp>>>> = {
  en: {
    concrete_verb: anyOf(ENGLISH_WELCOME.concrete_verb, "iu"),
    actor: anyOf(ENGLISH_WELCOME.actor, "iu"),
  },
  es: {
    concrete_verb: anyOf(SPANISH_WELCOME.concrete_verb, "iu"),
    actor: anyOf(SPANISH_WELCOME.actor, "iu"),
  },
};

/** What makes a line evidence already: something quoted or counted, someone who does something. */
export function welcomes(text: string, fallback: Language): Welcome[] {
  const plain = folded(text);
  const words = WELCOMES[languageOf(text, fallback)];
  const found: Welcome[] = [];
  if (speechSpans(text).length > 0) found.push("quotation");
  if (/\d/u.test(text)) found.push("number");
  if (words.concrete_verb.test(plain)) found.push("concrete_verb");
  if (words.actor.test(plain)) found.push("actor");
  return found;
}
