/**
 * Nudges: the question that a line of evidence raises, asked of its writer alone.
 *
 * A nudge never blocks, never rewrites and never leaves the device (rule 7). This module reads
 * a text and answers with places in it; it must not store, send or count anything.
 */

/** What a line is written for. In a pattern a quantifier is required; in a note it is vague. */
export type WritingPhase = "note" | "pattern" | "prediction" | "next_level";

export type Signal =
  | "value"
  | "liking"
  | "should"
  | "mind_reading"
  | "summary"
  | "trait"
  | "cause"
  | "set_phrase"
  | "vague"
  | "absence"
  | "comparison"
  | "advice"
  | "jargon"
  | "identity"
  | "quantifier_missing";

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
