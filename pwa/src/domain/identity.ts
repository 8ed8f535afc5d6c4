/**
 * Identity leaks: names, titles with names, room numbers and clock times in a text (rules 1, 3).
 *
 * Finds candidates and proposes what may stand instead; a person decides. It must not change
 * a text by itself, and keeps nothing. Its twin is server/domain/identity.py; both read the
 * same words and the same vectors (tests/vectors/identity.json).
 */

import type { IdentityFinding, IdentityOptions } from "./identity-findings";
import { hasInnerCapital, isCapital, isInitial, isShout, tokensOf, type Token } from "./name-words";
import { clockAndRoomFindings } from "./places";
import words from "../../../schemas/words/identity.json";

export type * from "./identity-findings";

const FIRST_NAMES = new Set(words.first_names);
const NAMES_OR_WORDS = new Set(words.names_or_words);
const NOT_NAMES = new Set(words.not_names);
const TEACHER_TITLES = new Set(words.teacher_titles);
const ADULT_TITLES = new Set(words.adult_titles);
const TITLES_OF_ANY_CASE = new Set(words.titles_of_any_case);
const PERSON_VERBS = new Set(words.person_verbs);
const NAME_CUES = new Set(words.name_cues);

/** "Teacher B" in a transcript is nobody; "Ms. B" is somebody. */
const NO_INITIAL = new Set(["teacher", "don", "sr"]);

const SAYS = {
  en: { teacher: "[the teacher]", adult: "[an adult]", student: "[a student]" },
  es: { teacher: "[docente]", adult: "[persona adulta]", student: "[estudiante]" },
} as const;

/** Every candidate, in the order of its place, inside quotations too. Places count UTF-16 units. */
export function findIdentities(text: string, options: IdentityOptions): IdentityFinding[] {
  const places = clockAndRoomFindings(text, options);
  const persons = personFindings(text, options).filter(
    (person) => !places.some((each) => person.start < each.end && each.start < person.end),
  );
  return [...places, ...persons].sort((a, b) => a.start - b.start);
}

/** The text with the findings' proposals in their places; the rest verbatim. */
export function replaceIdentities(text: string, findings: readonly IdentityFinding[]): string {
  let replaced = "";
  let at = 0;
  for (const finding of findings) {
    replaced += text.slice(at, finding.start) + finding.replacement;
    at = finding.end;
  }
  return replaced + text.slice(at);
}

function personFindings(text: string, options: IdentityOptions): IdentityFinding[] {
  const tokens = tokensOf(text);
  const found: IdentityFinding[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const role = titleRole(tokens, at);
    const from = role === undefined ? at : at + 1;
    const length = role === undefined ? nameLength(tokens, at) : titledLength(tokens, from);
    if (length === 0) continue;
    const finding = personFinding(text, tokens, at, from + length - 1, role ?? "student", options);
    if (finding !== undefined) found.push(finding);
    at = from + length - 1;
  }
  return found;
}

function personFinding(
  text: string,
  tokens: readonly Token[],
  first: number,
  last: number,
  role: keyof typeof SAYS.en,
  options: IdentityOptions,
): IdentityFinding | undefined {
  const named = tokens.slice(first, last + 1);
  const start = tokens[first]?.start ?? 0;
  const end = endWithInitial(text, tokens[last]?.end ?? 0);
  if (named.some((token) => options.notPersons?.has(token.lower))) return undefined;
  const untitled = role === "student" ? options.untitled : undefined;
  const replacement = untitled ?? SAYS[options.language][role];
  return { start, end, text: text.slice(start, end), sort: "person", replacement };
}

/** "Jamal W.": the initial goes with the name. */
function endWithInitial(text: string, end: number): number {
  const initial = /^ \p{Lu}\.?(?![\p{L}\p{N}'’])/u.exec(text.slice(end, end + 4));
  if (initial === null || initial[0] === " I") return end;
  return end + initial[0].length;
}

/** Whose name follows, when this word is a title and a name stands right behind it. */
function titleRole(tokens: readonly Token[], at: number): "teacher" | "adult" | undefined {
  const title = tokens[at];
  const next = tokens[at + 1];
  if (title === undefined || next === undefined || !/^\.? ?$/u.test(title.after)) return undefined;
  const role = TEACHER_TITLES.has(title.lower)
    ? "teacher"
    : ADULT_TITLES.has(title.lower)
      ? "adult"
      : undefined;
  if (role === undefined || !isNameBehindTitle(title, next)) return undefined;
  return role;
}

function isNameBehindTitle(title: Token, next: Token): boolean {
  const anyCase = TITLES_OF_ANY_CASE.has(title.lower);
  if (isInitial(next)) {
    const mayBe = anyCase || (isCapital(title.text) && !NO_INITIAL.has(title.lower));
    return mayBe && next.text !== "I";
  }
  if (NOT_NAMES.has(next.lower)) return anyCase && isCapital(next.text) && !isTitle(next);
  if (isCapital(next.text) || FIRST_NAMES.has(next.lower)) return true;
  return anyCase && next.text.length > 2 && !PERSON_VERBS.has(next.lower);
}

function isTitle(token: Token): boolean {
  return TEACHER_TITLES.has(token.lower) || ADULT_TITLES.has(token.lower);
}

/** How many words the name behind a title has. */
function titledLength(tokens: readonly Token[], from: number): number {
  const second = tokens[from + 1];
  const joined = tokens[from]?.after === " " && second !== undefined;
  return joined && isCapital(second.text) && !isKnownWord(second) ? 2 : 1;
}

/** How many words from here are a bare name: 0 for none. */
function nameLength(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token === undefined || !isName(tokens, at, token)) return 0;
  let length = 1;
  let last = token;
  for (let next = tokens[at + length]; next !== undefined; next = tokens[at + length]) {
    if (last.after !== " " || !isCapital(next.text) || isKnownWord(next) || isTitle(next)) break;
    length++;
    last = next;
  }
  return length;
}

function isName(tokens: readonly Token[], at: number, token: Token): boolean {
  const next = tokens[at + 1];
  if (isKnownWord(token) || isTitle(token) || token.text.length < 2) return false;
  if (!isCapital(token.text)) return isLowerName(tokens, at, token);
  if (FIRST_NAMES.has(token.lower)) return true;
  if (isShout(token.text) || hasInnerCapital(token.text) || isTitleOfThing(tokens, at))
    return false;
  if (!token.opens) return true;
  return doesSomething(tokens, at) || (NAMES_OR_WORDS.has(token.lower) && hasSurname(token, next));
}

/** "Fast Math", "Session 1", "Shape B": a thing, not a person. */
function isTitleOfThing(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  const before = tokens[at - 1];
  if (token === undefined) return false;
  if (/^[ -]?#?\d/u.test(token.after)) return true;
  if (next !== undefined && token.after === " " && isThing(next)) return true;
  return before !== undefined && !before.opens && before.after === " " && isThing(before);
}

function isThing(token: Token): boolean {
  return (
    (isCapital(token.text) &&
      token.text !== "I" &&
      NOT_NAMES.has(token.lower) &&
      !isTitle(token)) ||
    (isInitial(token) && token.text !== "I" && !token.opens)
  );
}

/** A name typed without a capital, as tablets with capitals off make it: only well-known ones. */
function isLowerName(tokens: readonly Token[], at: number, token: Token): boolean {
  if (!FIRST_NAMES.has(token.lower) || token.text !== token.lower) return false;
  const before = tokens[at - 1];
  const cue = before !== undefined && !token.opens && NAME_CUES.has(before.lower);
  return cue || doesSomething(tokens, at);
}

/** "Quanisha Barlow raises": behind the name, and perhaps a surname, stands what a person does. */
function doesSomething(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || next === undefined || token.after !== " ") return false;
  if (PERSON_VERBS.has(next.lower)) return true;
  const third = tokens[at + 2];
  if (third === undefined || next.after !== " " || !hasSurname(token, next)) return false;
  return PERSON_VERBS.has(third.lower);
}

function hasSurname(token: Token, next: Token | undefined): boolean {
  return (
    next !== undefined &&
    token.after === " " &&
    isCapital(next.text) &&
    !FIRST_NAMES.has(next.lower) &&
    !isKnownWord(next)
  );
}

function isKnownWord(token: Token): boolean {
  if (NOT_NAMES.has(token.lower) || isInitial(token)) return true;
  const [stem = ""] = token.lower.split(/['’-]/u);
  if (/['’]\p{Lu}/u.test(token.text)) return false;
  return NOT_NAMES.has(stem) || NOT_NAMES.has(token.lower.replace(/s$/u, ""));
}
