/**
 * Next-level items: when one is whole (rule 11), which are started with, how the check-back of
 * one stands, and that as a calendar file; when a seal opens. The first four have a twin,
 * server/domain/improvement.py; both run tests/vectors/improvement.json.
 */
import {
  HORIZONS,
  type CheckBack,
  type Horizon,
  type Level,
  type Taker,
} from "../generated/records";

export interface ItemFacts {
  text: string;
  horizon: Horizon | null;
  level: Level | null;
  taken_on_by_member: string | null;
  taken_on_by: Taker | null;
  check_back_on: string | null;
}

export type ItemMissing = "text" | "horizon" | "level" | "taker" | "check_back";

/** At most so many items are marked "we start with these". */
export const FIRST_ITEMS = 3;
/** How many predictions are agreed at most before all are sealed. */
export const AGREED_PREDICTIONS = 2;

/** What an item still needs; empty when it is whole. */
export function missingFromItem(item: ItemFacts): ItemMissing[] {
  const missing: ItemMissing[] = [];
  if (!item.text.trim()) missing.push("text");
  if (!item.horizon) missing.push("horizon");
  if (!item.level) missing.push("level");
  if (!item.taken_on_by && !item.taken_on_by_member) missing.push("taker");
  if (!item.check_back_on) missing.push("check_back");
  return missing;
}

export interface FirstFacts {
  id: string;
  order: number | null;
  starts_first: boolean | null;
}

/** Of what was chosen to start with: what stands, and what was chosen beyond three. */
export interface Chosen<T> {
  standing: T[];
  beyond: T[];
}

/**
 * Tablets that were apart may together have chosen more than three: the first three of the list
 * stand, by their order there and then by id, the same on every device. No choice is taken back.
 */
export function chosenFirst<T>(items: readonly T[], factsOf: (item: T) => FirstFacts): Chosen<T> {
  const chosen = items
    .map((item) => ({ item, ...factsOf(item) }))
    .filter((each) => each.starts_first)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1))
    .map(({ item }) => item);
  return { standing: chosen.slice(0, FIRST_ITEMS), beyond: chosen.slice(FIRST_ITEMS) };
}

/** By what an item finds its place. `starts`: it stands among those that are started with. */
export interface PlaceFacts {
  id: string;
  order: number | null;
  starts: boolean;
  horizon: Horizon | null;
}

/**
 * In the order in which a summary tells them: what is started with, then next week before next
 * month, what has no horizon last; among those as they were agreed on.
 */
export function asToBeDone<T>(items: readonly T[], factsOf: (item: T) => PlaceFacts): T[] {
  const far = ({ horizon }: PlaceFacts) => (horizon ? HORIZONS.indexOf(horizon) : HORIZONS.length);
  return items
    .map((item) => ({ item, facts: factsOf(item) }))
    .sort(
      ({ facts: a }, { facts: b }) =>
        Number(b.starts) - Number(a.starts) ||
        far(a) - far(b) ||
        (a.order ?? 0) - (b.order ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ item }) => item);
}

/** What was said at the check-back: what became of it, what was learned, whether it was of use. */
export interface CheckBackFacts {
  check_back_on: string | null;
  outcome: CheckBack | null;
  learned: string;
  of_use: boolean | null;
}

/** `half_said`: an outcome without what was learned, or without whether it was of use. */
export type CheckBackState = "ahead" | "due" | "half_said" | "said";

/** Where a check-back stands. `today`: the network's own date, `2026-11-22`. */
export function checkBackState(item: CheckBackFacts, today: string): CheckBackState {
  if (item.outcome !== null) {
    return item.learned.trim() && item.of_use !== null ? "said" : "half_said";
  }
  return item.check_back_on !== null && item.check_back_on <= today ? "due" : "ahead";
}

/**
 * Whether it is asked what became of an item: from the day of its check-back on, or once the
 * debrief in which it was agreed is closed. Until then it is a plan that nobody could have begun.
 */
export function asksWhatBecame(
  item: ItemFacts & CheckBackFacts,
  { today, isClosed }: { today: string; isClosed: boolean },
): boolean {
  if (checkBackState(item, today) !== "ahead") return true;
  return isClosed && missingFromItem(item).length === 0;
}

/** How a sealed prediction stands: `due` from the day of the revisit on, until it is opened. */
export type SealState = "none" | "sealed" | "due" | "opened";

export interface SealFacts {
  sealed_at: string | null | undefined;
  opened_at: string | null | undefined;
  /** The day of the revisit on the network's own calendar. */
  meets_on: string | null | undefined;
}

/** Whether the seal may be opened. `today`: the network's own date. */
export function sealState({ sealed_at, opened_at, meets_on }: SealFacts, today: string): SealState {
  if (!sealed_at) return "none";
  if (opened_at) return "opened";
  return meets_on && meets_on <= today ? "due" : "sealed";
}

const WEEKS_UNTIL_REVISIT = 13;

/** The day proposed for a revisit: three months on, the same day of the week. */
export function revisitDay(visitsOn: string): string {
  return weeksOn(visitsOn, WEEKS_UNTIL_REVISIT);
}

/** How far on the next school day is, by the day of the week: from a weekend to its Monday. */
const TO_A_SCHOOL_DAY = [1, 0, 0, 0, 0, 0, 2] as const;

function weeksOn(date: string, weeks: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  day.setUTCDate(day.getUTCDate() + 7 * weeks + TO_A_SCHOOL_DAY[day.getUTCDay()]!);
  return day.toISOString().slice(0, 10);
}

const WEEKS_UNTIL_LOOKING_BACK: Record<Horizon, number> = {
  next_week: 2,
  next_month: 6,
  end_of_year: WEEKS_UNTIL_REVISIT,
};

/** The day proposed for looking back at an item: when what is done by then can be seen. */
export function dayToLookBack(horizon: Horizon | null, today: string): string {
  return weeksOn(today, WEEKS_UNTIL_LOOKING_BACK[horizon ?? "next_month"]);
}

/** Who somebody is when it is asked whose turn it is. */
export interface Asker {
  me: string;
  isHost: boolean;
  isLead: boolean;
}

const OF_THE_HOST: readonly Taker[] = [
  "host_principal",
  "host_leadership_team",
  "grade_teams",
  "subject_teams",
  "coaches",
];

/** Whether this person is reminded of an item: they took it on, or they speak for who did. */
export function isReminded(
  item: Pick<ItemFacts, "taken_on_by" | "taken_on_by_member">,
  { me, isHost, isLead }: Asker,
): boolean {
  if (item.taken_on_by === null) return item.taken_on_by_member === me;
  return OF_THE_HOST.includes(item.taken_on_by) ? isHost : isLead;
}

export interface CalendarEntry {
  id: string;
  /** `2026-11-22`, the network's own calendar. */
  date: string;
  title: string;
  notes: string;
  /** When the file is made, ISO in UTC. */
  madeAt: string;
}

const BACKSLASHED = /[\\;,]/g;

function escaped(text: string): string {
  return text.replace(BACKSLASHED, "\\$&").replace(/\r?\n/g, "\\n");
}

/** Fold at 75 octets, as RFC 5545, 3.1 asks, without cutting a character in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let current = "";
  let length = 0;
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (length + octets > 75) {
      lines.push(current);
      current = " ";
      length = 1;
    }
    current += character;
    length += octets;
  }
  return [...lines, current].join("\r\n");
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

function compact(date: string): string {
  return date.replaceAll("-", "");
}

/** An all-day entry with a reminder the day before (RFC 5545). */
export function calendarFile(entry: CalendarEntry): string {
  const stamp = entry.madeAt.replace(/[-:]/g, "").replace(/\.\d+/, "");
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Rounds//Check-back//EN",
    "BEGIN:VEVENT",
    `UID:${entry.id}@rounds`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(entry.date)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(entry.date))}`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(entry.notes)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(entry.title)}`,
    "TRIGGER:-P1D",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]
    .map(folded)
    .join("\r\n");
}
