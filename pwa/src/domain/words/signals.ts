/**
 * The families of words that a nudge asks about. Each entry is a piece of a regular expression
 * over folded text (no accents, lower case is not needed); a whole word or phrase by itself.
 */

export const WORD_SIGNALS = [
  "set_phrase",
  "jargon",
  "summary",
  "should",
  "advice",
  "absence",
  "comparison",
  "mind_reading",
  "trait",
  "cause",
  "liking",
  "value",
  "vague",
] as const;

/** In order of standing: where two overlap and are equally long, the first asks. */
export type WordSignal = (typeof WORD_SIGNALS)[number];

export type SignalWords = Readonly<Record<WordSignal, readonly string[]>>;

/** How a language sounds when a person in the room is speaking, and when a visitor writes. */
export interface VoiceWords {
  /** Somebody is spoken to or speaks for themselves: you, our, let's. */
  readonly spoken: readonly string[];
  /** What opens an utterance and no note: okay, yeah, look. */
  readonly opener: readonly string[];
  /** A visitor's own frame: the teacher, students, the lesson, I noticed. */
  readonly framed: readonly string[];
  /** A frame where nobody is spoken to: transitions, small groups. */
  readonly mayFrame: readonly string[];
  /** A short line of nothing but these is somebody's praise in the room. */
  readonly praise: readonly string[];
}

/** What is good to see in a note. */
export interface WelcomeWords {
  readonly concrete_verb: readonly string[];
  readonly actor: readonly string[];
}
