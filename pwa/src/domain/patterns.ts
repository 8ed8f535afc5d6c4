/**
 * Patterns: when a statement is settled (rule 5). Twin of server/domain/patterns.py; both
 * run tests/vectors/patterns.json.
 */
import type { Consensus, PatternForm, PatternSubject, Quantifier } from "../generated/records";
import { endOfJoins } from "./joins";

export interface PatternFacts {
  form: PatternForm | null;
  subject: PatternSubject | null;
  statement: string;
  quantifier: Quantifier | null;
  consensus: Consensus | null;
  /** Agreed cards that carry it, attached one by one or with a group. */
  cardCount: number;
  /** From how many classrooms they come; null for who may not know (rule 15). */
  classroomCount: number | null;
}

/** From how many classrooms cards come; numbers that a lead joined are one. */
export function classroomsBehind(
  classroomIds: Iterable<string | null | undefined>,
  joinedTo: ReadonlyMap<string, string | null>,
): number {
  const whole = new Set<string>();
  for (const id of classroomIds) if (id) whole.add(endOfJoins(id, joinedTo));
  return whole.size;
}

/** What stands of all that was said at the same time: one "not yet" keeps it open. */
export function consensusOf(said: readonly (Consensus | null)[]): Consensus | null {
  return said.includes("not_yet") ? "not_yet" : (said[0] ?? null);
}

/** Anybody may say that the evidence does not carry a pattern yet, with what is open. */
export function pushedBack(
  question: string,
): { consensus: Consensus; open_question: string } | null {
  const open_question = question.trim();
  return open_question ? { consensus: "not_yet", open_question } : null;
}

export type Missing = "subject" | "statement" | "quantifier" | "cards" | "classrooms" | "consensus";

/** What is still missing before it is settled; empty when it is. */
export function missingOf(pattern: PatternFacts): Missing[] {
  const alone = pattern.form === "contrast" || pattern.form === "question";
  const needed = alone ? 1 : 2;
  const missing: Missing[] = [];
  if (!pattern.subject) missing.push("subject");
  if (!pattern.statement.trim()) missing.push("statement");
  if (!alone && !pattern.quantifier) missing.push("quantifier");
  if (pattern.cardCount === 0) missing.push("cards");
  else if (pattern.classroomCount !== null && pattern.classroomCount < needed) {
    missing.push("classrooms");
  }
  if (pattern.consensus !== "agree") missing.push("consensus");
  return missing;
}
