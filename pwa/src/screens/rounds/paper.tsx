/**
 * One page of paper with the line that every print carries, and how a plan reads on it.
 *
 * In the language of the paper, which may be another than the screen's.
 */
import type { ComponentChildren } from "preact";
import { PROGRAM_CONTEXTS } from "../../generated/records";
import { schoolName } from "../names";
import type { Words } from "./in-language";
import {
  plannedClassroom,
  visitedIn,
  type Classroom,
  type RoundPlan,
  type Slot,
  type Team,
} from "./round-plan";
import { followJoins } from "../../domain/rounds";

export interface PrintProps {
  plan: RoundPlan;
  words: Words;
}

interface PaperProps {
  words: Words;
  children: ComponentChildren;
  look?: "door" | "letter" | "script" | "plan";
}

export function Paper({ words, children, look }: PaperProps) {
  return (
    <section class="print-sheet paper" data-look={look} data-long={look === "plan" || undefined}>
      <div class="paper-body">{children}</div>
      <p class="print-sheet-foot">{words.t("app.print_line")}</p>
    </section>
  );
}

/** Title of the round, date and school, above what a page is about. */
export function PaperHead({
  plan,
  words,
  title,
}: {
  plan: RoundPlan;
  words: Words;
  title: string;
}) {
  const { title: name, visits_on, host_school } = plan.round.fields;
  const parts = [name, visits_on && words.date(visits_on), schoolName(host_school)];
  return (
    <header>
      <h2 class="paper-title">{title}</h2>
      <p class="label soft">{parts.filter(Boolean).join(" · ")}</p>
    </header>
  );
}

export function visitOn(words: Words, classroom: Classroom | undefined): string {
  return words.t("rounds.visit", { number: String(classroom?.fields.number ?? "–") });
}

export function aboutOn(words: Words, classroom: Classroom | undefined): string {
  if (!classroom) return "";
  const { grade_band, subject, context } = classroom.fields;
  return [
    grade_band && words.t(`vocabulary.grade_band.${grade_band}`),
    subject && words.t(`vocabulary.school_subject.${subject}`),
    ...PROGRAM_CONTEXTS.filter((word) => context.has(word)).map((word) =>
      words.t(`vocabulary.program_context.${word}`),
    ),
  ]
    .filter(Boolean)
    .join(", ");
}

export function teamOn(plan: RoundPlan, words: Words, team: Team): string {
  const number = plan.teams.findIndex((each) => each.id === team.id) + 1;
  return team.fields.name.trim() || words.t("rounds.schedule.team_name", { number });
}

export function timesOn(words: Words, slot: Slot): string {
  const { begins_at, minutes } = slot.fields;
  return begins_at ? words.times(begins_at, minutes ?? 20) : "";
}

/** Visits that take place: whoever is left out on the day is on no paper. */
export function visits(plan: RoundPlan, team?: Team): Slot[] {
  return plan.slots.filter(
    ({ fields }) => !fields.skipped && (!team || fields.team === team.id) && fields.team,
  );
}

export function classroomAt(plan: RoundPlan, slot: Slot): Classroom | undefined {
  return visitedIn(plan, slot.fields.classroom);
}

/** Numbers that stand by themselves, spare ones last. */
export function numbersOf(plan: RoundPlan): Classroom[] {
  const planned = plan.classrooms.map(plannedClassroom);
  const alone = plan.classrooms.filter((each) => followJoins(planned, each.id)?.id === each.id);
  const spare = (each: Classroom) => (each.fields.spare_of ? 1 : 0);
  return alone.sort((a, b) => spare(a) - spare(b));
}
