/**
 * What in a note is somebody else's speech. A teacher *saying* "good job" is evidence, so
 * nothing inside quotation marks, after a speaker mark or after "says" is read as judgement.
 *
 * Two questions: where does marked speech stand (`speechSpans`), and does a sentence without
 * any mark sound like somebody speaking in the room (`spokenSentences`)?
 */

import type { Language } from "./language";
import type { VoiceWords } from "./words/signals";
import { ENGLISH_VOICE } from "./words/english";
import { SPANISH_VOICE } from "./words/spanish";
import { anyOf, opening } from "./words/match";

export interface Place {
  readonly start: number;
  readonly end: number;
}

const PAIRS: Readonly<Record<string, string>> = {
  '"': '"',
  "“": "”",
  "”": "”",
  "„": "“",
  "«": "»",
  "‹": "›",
  "‘": "’",
  "'": "'",
};

const LETTER = /[\p{L}\p{N}]/u;
const OPENS_A_WORD = /[\p{L}\p{N}¿¡[(.–—-]/u;

/** Speaker marks that are whole words may stand anywhere; single letters only where a sentence begins. */
const MARK =
  /(?<![\p{L}\p{N}])(?:teachers?|students?|several students|class|co-?teacher|boys?|girls?|child(?:ren)?|kids?|pupils?|aide|para|maestr[oa]s?|profesor(?:a|es|as)?|profe|docentes?|alumn[oa]s?|estudiantes?|ni[ñn][oa]s?|chic[oa]s?|grupo)(?: ?(?:[A-Z]|#?\d{1,2}))? ?:|(?<=(?:^|[.!?…;"”»)\]–—/|])\s*)(?:t|s|ss|st|sts|tr|m|a|e|d|p|n)(?:[- ]?\d{1,2})? ?:(?!\d)/giu;

/** "Teacher says: ..." and "T says good job": what follows was said. */
const REPORT =
  /(?<![\p{L}])(?:(?:says?|said|saying|asks?|asked|repl(?:ies|ied)|responds?|responded|answers?|answered|tells?|told|calls? out|shouts?|whispers?|dice|dicen|dijo|dijeron|diciendo|pregunta|preguntan|pregunto|responde|responden|contesta|contestan|respondi[oó]|contest[oó]|pregunt[oó])[^.!?:;\n]{0,40}:(?!\d)|(?:says|said|saying|dice|dicen|dijo|dijeron|diciendo))(?=\s)/giu;

/**
 * Places of marked speech, in order, none overlapping. `reports: false` leaves out what only
 * "says" introduces: those words are the visitor's as far as a name is concerned.
 */
export function speechSpans(text: string, reports = true): Place[] {
  const found: Place[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    for (const place of speechInLine(line, reports)) {
      found.push({ start: start + place.start, end: start + place.end });
    }
    start += line.length + 1;
  }
  return found;
}

function speechInLine(line: string, reports: boolean): Place[] {
  if (/^\s*[—–]/u.test(line)) return [{ start: 0, end: line.length }];
  const quoted = quotations(line);
  const reported = reports ? afterReports(line, quoted) : [];
  return united([...quoted, ...afterMarks(line, quoted), ...reported]);
}

/** Quoted places. A quotation that was never closed runs to the end of its line. */
export function quotations(line: string): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < line.length; at++) {
    const closer = PAIRS[line.charAt(at)];
    if (closer === undefined || !mayOpen(line, at)) continue;
    const end = closingPlace(line, at, closer);
    if (end === undefined) continue;
    places.push({ start: at, end });
    at = end - 1;
  }
  return places;
}

function mayOpen(line: string, at: number): boolean {
  const mark = line.charAt(at);
  if (mark === "'" || mark === "‘") {
    return !LETTER.test(line.charAt(at - 1)) && OPENS_A_WORD.test(line.charAt(at + 1));
  }
  // Inches and seconds: 12" is a measure.
  return mark !== '"' || !/\d/.test(line.charAt(at - 1));
}

function closingPlace(line: string, from: number, closer: string): number | undefined {
  const single = closer === "'" || closer === "’";
  for (let at = from + 1; at < line.length; at++) {
    if (line.charAt(at) !== closer) continue;
    if (single && LETTER.test(line.charAt(at + 1))) continue;
    return at + 1;
  }
  return single ? undefined : line.length;
}

function afterMarks(line: string, quoted: readonly Place[]): Place[] {
  const marks = [...line.matchAll(MARK)].filter((mark) => !isInside(mark.index, quoted));
  return marks.map((mark, index) => {
    const start = mark.index + mark[0].length;
    const end = marks[index + 1]?.index ?? line.length;
    return { start, end: endOfTurn(line, start, end, quoted) };
  });
}

/** A turn that opens with a quotation mark ends with the last quotation; else with its line. */
function endOfTurn(line: string, start: number, end: number, quoted: readonly Place[]): number {
  const first = quoted.find((place) => place.start >= start);
  const opensQuoted = first !== undefined && line.slice(start, first.start).trim() === "";
  if (!opensQuoted) return end;
  const inTurn = quoted.filter((place) => place.start >= start && place.start < end);
  return inTurn.at(-1)?.end ?? end;
}

function afterReports(line: string, quoted: readonly Place[]): Place[] {
  const reports = [...line.matchAll(REPORT)].filter((report) => !isInside(report.index, quoted));
  return reports.map((report) => {
    const start = report.index + report[0].length;
    if (
      quoted.some((place) => place.start >= start && line.slice(start, place.start).trim() === "")
    )
      return { start, end: start };
    const stop = report[0].endsWith(":") ? line.length : clauseEnd(line, start);
    return { start, end: stop };
  });
}

function clauseEnd(line: string, from: number): number {
  const stop = line.slice(from).search(/[.!?;](?:\s|$)/u);
  return stop === -1 ? line.length : from + stop;
}

function isInside(at: number, places: readonly Place[]): boolean {
  return places.some((place) => at >= place.start && at < place.end);
}

function united(places: readonly Place[]): Place[] {
  const result: { start: number; end: number }[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && place.start <= last.end) last.end = Math.max(last.end, place.end);
    else if (place.end > place.start) result.push({ ...place });
  }
  return result;
}

interface Voice {
  readonly spoken: RegExp;
  readonly opener: RegExp;
  readonly framed: RegExp;
  readonly mayFrame: RegExp;
  readonly praiseOnly: RegExp;
}

function voiceOf(words: VoiceWords): Voice {
  return {
    spoken: anyOf(words.spoken, "iu"),
    opener: opening(words.opener),
    framed: anyOf(words.framed, "iu"),
    mayFrame: anyOf(words.mayFrame, "iu"),
    praiseOnly: new RegExp(
      `^[^\\p{L}\\p{N}]*(?:(?:${words.praise.join("|")})[^\\p{L}\\p{N}]*){1,5}$`,
      "iu",
    ),
  };
}

const VOICES: Readonly<Record<Language, Voice>> = {
  en: voiceOf(ENGLISH_VOICE),
  es: voiceOf(SPANISH_VOICE),
};

/**
 * Sentences that sound like speech though nothing marks them: a visitor in a hurry leaves the
 * quotation marks out. A sentence that speaks *about* teachers or students is the visitor's.
 * `own` is the folded text with marked speech blotted out.
 */
export function spokenSentences(own: string, language: Language): Place[] {
  const voice = VOICES[language];
  const judged = sentencesOf(own).map((place) => {
    const sounds = soundOf(own.slice(place.start, place.end), voice);
    return { place, sounds };
  });
  const framed = judged.some((each) => each.sounds === "framed");
  const allSpoken = !framed && judged.some((each) => each.sounds === "spoken");
  return judged.filter((each) => allSpoken || each.sounds === "spoken").map((each) => each.place);
}

function soundOf(sentence: string, voice: Voice): "framed" | "spoken" | "open" {
  if (voice.framed.test(sentence)) return "framed";
  if (/[?¿]/u.test(sentence) || voice.spoken.test(sentence)) return "spoken";
  if (voice.mayFrame.test(sentence)) return "framed";
  return voice.opener.test(sentence) || voice.praiseOnly.test(sentence) ? "spoken" : "open";
}

function sentencesOf(text: string): Place[] {
  const places: Place[] = [];
  for (const match of text.matchAll(/[^.!?…\n]+(?:[.!?…]+|\n|$)/gu)) {
    places.push({ start: match.index, end: match.index + match[0].length });
  }
  return places;
}
