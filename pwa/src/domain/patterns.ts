/**
 * Patterns: when a statement is settled (rule 5), and how one reads as a sentence. Twin of
 * server/domain/patterns.py; both run tests/vectors/patterns.json.
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

/** *Many* or *most* over cards of fewer than half of the rooms: worth a look, and never wrong. */
export function saysMoreThanItsRooms(quantifier: string | null, from: number, of: number): boolean {
  return (quantifier === "many" || quantifier === "most") && from > 0 && 2 * from < of;
}

/** Words for whom or what a statement is about, in the languages that people write in. */
const NOUNS: Record<PatternSubject, string> = {
  teachers: "teachers?|docentes?|maestr[oa]s?|profesor(?:es|as?)?",
  students: "students?|pupils?|children|estudiantes?|alumn[oa]s?|niñ[oa]s?",
  tasks: "tasks?|assignments?|tareas?|actividad(?:es)?",
};
const BEFORE_NOUN =
  "the|of|an?|all|both|each|every|no|few|some|many|most|several|the same|" +
  "l[oa]s|el|la|y|de|una?s?|unos|tod[oa]s?|cada|ning[uú]na?|poc[oa]s|algun[oa]s|much[oa]s|mayoría";

/** Whether whom it is about was typed along: "The students say ..." of students. */
export function saysItsSubject(statement: string, subject: PatternSubject): boolean {
  const beginning = `^[¿¡«“"'(]*(?:(?:${BEFORE_NOUN}) )*(?:${NOUNS[subject]})(?![\\p{L}\\p{N}_])`;
  return new RegExp(beginning, "iu").test(statement);
}

/** Without a capital at its beginning, but for a word that is all capitals. */
export function withinASentence(words: string): string {
  const [first = "", second = ""] = words;
  const isCapital = second !== second.toLowerCase();
  return isCapital ? words : first.toLowerCase() + words.slice(first.length);
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
