/**
 * A round's plan: what is ready, what is missing, and what comes next for whom.
 *
 * Says it as keys of messages with their values. Must not know a screen or a store, and
 * must never block: a lead may go on with a plan that lacks something.
 */

export const PARTS = [
  "day",
  "problem",
  "theory",
  "questions",
  "classrooms",
  "people",
  "schedule",
  "norms",
] as const;
export type Part = (typeof PARTS)[number];

/** The questions beside a problem of practice, each the name of its field. */
export const SIX_QUESTIONS = [
  "about_the_core",
  "observable",
  "actionable",
  "connected",
  "high_leverage",
  "not_yet_known",
] as const;

export interface PartState {
  part: Part;
  ready: boolean;
  /** `rounds.ready.<part>` or `rounds.missing.<what>`, with the values it names. */
  key: string;
  values: Record<string, string | number>;
  /** What of the day is missing, as names of its fields. */
  fields?: readonly string[];
}

interface Identified {
  id: string;
}

export interface PlannedClassroom extends Identified {
  number: number | null;
  grade_band: string | null;
  subject: string | null;
  spare_of: string | null;
  joined_to: string | null;
}

export interface PlannedSlot extends Identified {
  team: string | null;
  classroom: string | null;
  begins_at: string | null;
  minutes: number | null;
  skipped: boolean | null;
}

export interface Plan {
  day: Record<(typeof DAY_NEEDS)[number], string | null>;
  problem: string;
  theories: number;
  questions: number;
  classrooms: readonly PlannedClassroom[];
  visitors: number;
  hosts: number;
  teams: number;
  slots: readonly PlannedSlot[];
  norms: number;
  agreed: number;
}

/** Without these a visitor does not know where to be, and when. */
export const DAY_NEEDS = ["visits_on", "begins_at", "ends_at", "address", "entrance"] as const;

/** What of the plan stands and what is missing, part by part, in the order of the plan. */
export function readiness(plan: Plan): PartState[] {
  return [
    dayState(plan),
    oneOf("problem", plan.problem.trim() !== ""),
    oneOf("theory", plan.theories > 0),
    counted("questions", plan.questions),
    classroomState(plan.classrooms),
    peopleState(plan),
    scheduleState(plan),
    normsState(plan),
  ];
}

function state(
  part: Part,
  ready: boolean,
  key: string,
  values: Record<string, string | number> = {},
): PartState {
  return { part, ready, key, values };
}

function oneOf(part: Part, ready: boolean): PartState {
  return state(part, ready, `rounds.${ready ? "ready" : "missing"}.${part}`);
}

function counted(part: Part, count: number): PartState {
  return count > 0
    ? state(part, true, `rounds.ready.${part}`, { count })
    : state(part, false, `rounds.missing.${part}`);
}

function dayState({ day }: Plan): PartState {
  const fields = DAY_NEEDS.filter((field) => !day[field]?.trim());
  const ready = fields.length === 0;
  return { ...state("day", ready, `rounds.${ready ? "ready" : "missing"}.day`), fields };
}

function classroomState(classrooms: readonly PlannedClassroom[]): PartState {
  const planned = classrooms.filter((each) => !each.spare_of && !each.joined_to);
  const bare = planned.filter((each) => !each.grade_band || !each.subject).length;
  if (planned.length === 0) return state("classrooms", false, "rounds.missing.classrooms");
  if (bare > 0) return state("classrooms", false, "rounds.missing.bands", { count: bare });
  return state("classrooms", true, "rounds.ready.classrooms", { count: planned.length });
}

function peopleState({ visitors, hosts }: Plan): PartState {
  if (hosts === 0) return state("people", false, "rounds.missing.host");
  if (visitors === 0) return state("people", false, "rounds.missing.visitors");
  return state("people", true, "rounds.ready.people", { count: visitors });
}

function scheduleState({ teams, slots }: Plan): PartState {
  if (teams === 0) return state("schedule", false, "rounds.missing.teams");
  if (slots.length === 0) return state("schedule", false, "rounds.missing.slots");
  const open = slots.filter((slot) => !slot.classroom || !slot.begins_at || !slot.team).length;
  if (open > 0) return state("schedule", false, "rounds.missing.cells", { count: open });
  return state("schedule", true, "rounds.ready.schedule", { count: teams });
}

function normsState({ norms, agreed }: Plan): PartState {
  if (norms === 0) return state("norms", false, "rounds.missing.norms");
  if (agreed === 0) return state("norms", true, "rounds.ready.norms_alone");
  return state("norms", true, "rounds.ready.norms", { count: agreed });
}

export type When = "undated" | "before" | "today" | "after";

/** Where a date on the network's calendar lies, seen from today on the same calendar. */
export function whenIs(visitsOn: string | null, today: string): When {
  if (!visitsOn) return "undated";
  if (visitsOn === today) return "today";
  return visitsOn > today ? "before" : "after";
}

/** Today on the calendar of a network, `2026-11-22`. */
export function dateIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now);
}

export type Act =
  | "plan"
  | "norms"
  | "ready"
  | "read"
  | "print"
  | "schedule"
  | "visit"
  | "review"
  | "debrief"
  | "summary"
  | "revisit";

export interface Asked {
  plans: boolean;
  visits: boolean;
  agreed: boolean;
  stage: string | null;
  when: When;
  /** Where today's visits are: a visitor's own, everybody's for whoever visits no classroom. */
  visiting: "ahead" | "under_way" | "over";
  /** Whether the person wrote notes and has posted none of them yet. */
  unposted: boolean;
  debrief: "none" | "open" | "closed";
  /** Whether the day has come on which the seal may be opened. */
  revisit: boolean;
}

/** The one act that a round's page offers first, by what the person does there and by day. */
export function nextAct(asked: Asked): Act {
  const { plans, visits, when } = asked;
  if (asked.debrief === "closed") return asked.revisit ? "revisit" : "summary";
  if (visits) return visitorsAct(asked);
  if (asked.debrief === "open" || when === "after") return "debrief";
  if (when === "today" && asked.visiting === "over") return "debrief";
  if (plans && (asked.stage ?? "planning") === "planning") return "plan";
  if (!plans) return "read";
  return when === "today" ? "schedule" : "print";
}

/** Norms, visits, review, debrief: one after the other, whatever others have opened already. */
function visitorsAct(asked: Asked): Act {
  const { when, visiting } = asked;
  if (when === "after" || (when === "today" && visiting === "over")) {
    return asked.debrief === "open" && !asked.unposted ? "debrief" : "review";
  }
  if (when === "today" && visiting === "under_way") return "visit";
  if (asked.plans && (asked.stage ?? "planning") === "planning") return "plan";
  if (!asked.agreed) return "norms";
  return when === "today" ? "visit" : "ready";
}

/** Upcoming rounds, the nearest first and undated ones last; past ones, the latest first. */
export function byDate<R extends { fields: { visits_on: string | null } }>(
  rounds: readonly R[],
  today: string,
): { upcoming: R[]; past: R[] } {
  const day = (round: R) => round.fields.visits_on ?? "9999";
  const forward = [...rounds].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
  const past = forward.filter((round) => whenIs(round.fields.visits_on, today) === "after");
  return { upcoming: forward.filter((round) => !past.includes(round)), past: past.reverse() };
}

/**
 * The classroom that a number stands for: its own, or the one that it was joined to. Of two
 * that were joined to each other on two tablets, the lower number stands for both.
 */
export function followJoins<C extends PlannedClassroom>(
  classrooms: readonly C[],
  id: string | null,
): C | undefined {
  const line: C[] = [];
  let next = classrooms.find((each) => each.id === id);
  while (next && !line.includes(next)) {
    line.push(next);
    const { joined_to } = next;
    next = joined_to ? classrooms.find((each) => each.id === joined_to) : undefined;
  }
  if (!next) return line.at(-1);
  const ring = line.slice(line.indexOf(next));
  return ring.sort((a, b) => (a.number ?? 0) - (b.number ?? 0) || (a.id < b.id ? -1 : 1))[0];
}

/** Numbers 1.. that no classroom bears yet, as many as are wanted. */
export function freeNumbers(taken: readonly (number | null)[], count: number): number[] {
  const used = new Set(taken);
  const free: number[] = [];
  for (let number = 1; free.length < count; number += 1) if (!used.has(number)) free.push(number);
  return free;
}

/** The time of day at a place, `09:05`. */
export function timeIn(timeZone: string, now: Date): string {
  const clock = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-GB", clock).format(now);
}

/** Minutes after `HH:MM`, within the same day. */
export function addMinutes(time: string, minutes: number): string {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  const total = Math.min(hours * 60 + rest + minutes, 24 * 60 - 1);
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/** A team's spare number that no slot uses yet: what *Not today* offers. */
export function freeSpare<C extends PlannedClassroom>(
  classrooms: readonly C[],
  slots: readonly PlannedSlot[],
  team: string | null,
): C | undefined {
  const used = new Set(slots.map((slot) => slot.classroom));
  return [...classrooms]
    .filter((each) => each.spare_of === team && !each.joined_to && !used.has(each.id))
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0))[0];
}
