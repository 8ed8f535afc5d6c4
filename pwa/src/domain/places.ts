/**
 * Room numbers and clock times in a text: with a date, each of them says whose lesson it was.
 * Twin of server/domain/places.py.
 */

import type { IdentityFinding, IdentityOptions } from "./identity-findings";

const ROOM =
  /(?<![\p{L}\p{N}])(?:(?:class)?room|rm\.?|portable|aula|sal[oó]n|sala|cuarto) ?(?:(?:number|no\.|n[uú]mero|n[uú]m\.|nº|#) ?)?(?:[A-Za-z]-?)?\d{1,4}(?:-?[A-Za-z])?(?![\p{L}\p{N}])/giu;
const LETTERED_ROOM =
  /(?<![\p{L}\p{N}])(?:[Rr]oom|[Rr]m\.?|[Aa]ula|[Ss]al[oó]n) [B-HJ-Z](?![\p{L}\p{N}'’])/gu;

const CLOCK =
  /(?<![\p{L}\p{N}:.,/$])(?:([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?: ?([ap])(?:\. ?m\.?|m)(?!\p{L}))?|(1[0-2]|[1-9]) ?([ap])(?:\. ?m\.?|m)(?!\p{L})|(1[0-2]|[1-9]) ?o['’]clock)/giu;
const SPOKEN_CLOCK =
  /(?<![\p{L}\p{N}])a las? (1[0-2]|[1-9])(?: y (?:media|cuarto))?(?![\p{L}\p{N}:])/giu;

const SAYS = {
  en: { room: "[a room]", minute: "minute", time: "[a time]" },
  es: { room: "[aula]", minute: "minuto", time: "[hora]" },
} as const;

/** Findings of both sorts, in the order of their places. */
export function clockAndRoomFindings(text: string, options: IdentityOptions): IdentityFinding[] {
  const found: IdentityFinding[] = [];
  for (const pattern of [ROOM, LETTERED_ROOM]) {
    for (const match of text.matchAll(pattern)) {
      found.push(finding(match, "room", SAYS[options.language].room));
    }
  }
  for (const match of text.matchAll(CLOCK)) {
    if (!isRatio(text, match.index)) {
      found.push(finding(match, "clock", minuteOf(clockMinutes(match), options)));
    }
  }
  for (const match of text.matchAll(SPOKEN_CLOCK)) {
    found.push(finding(match, "clock", minuteOf(undefined, options)));
  }
  found.sort((a, b) => a.start - b.start);
  return found.filter((each, index) => index === 0 || each.start >= (found[index - 1]?.end ?? 0));
}

function finding(
  match: RegExpExecArray,
  sort: "room" | "clock",
  replacement: string,
): IdentityFinding {
  const end = match.index + match[0].length;
  return { start: match.index, end, text: match[0], sort, replacement };
}

/** "A ratio of 3:10" is mathematics. */
function isRatio(text: string, at: number): boolean {
  return /(?:ratios?|raz[oó]n|proporci[oó]n|scale|escala)(?: \p{L}+)? ?$/iu.test(
    text.slice(Math.max(0, at - 24), at),
  );
}

function clockMinutes(match: RegExpExecArray): number | undefined {
  if (match[1] === undefined || match[2] === undefined) return undefined;
  const hours =
    Number(match[1]) + (match[3]?.toLowerCase() === "p" && Number(match[1]) < 12 ? 12 : 0);
  return hours * 60 + Number(match[2]);
}

/** The minute of the visit: from the clock where it lies within four hours, else the note's own. */
function minuteOf(clock: number | undefined, options: IdentityOptions): string {
  const says = SAYS[options.language];
  const began = /^(\d\d):(\d\d)$/.exec(options.beganAt ?? "");
  if (clock !== undefined && began !== null) {
    // A clock on the wall has twelve hours: 1:12 in the afternoon is 13:12.
    const passed = clock - (Number(began[1]) * 60 + Number(began[2]));
    for (const minute of [passed, passed + 12 * 60]) {
      if (minute >= 0 && minute < 4 * 60) return `[${says.minute} ${minute}]`;
    }
  }
  return typeof options.minute === "number" ? `[${says.minute} ${options.minute}]` : says.time;
}
