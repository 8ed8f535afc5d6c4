/**
 * A round's plan as the screens read it: its records, sorted, with people by their names.
 *
 * Reads signals, so that a component that calls it follows every change. Writes nothing.
 */
import {
  followJoins,
  readiness,
  type PartState,
  type PlannedClassroom,
  type PlannedSlot,
} from "../../domain/rounds";
import { t } from "../../i18n";
import { derivedId, list, may, network, record, type RecordView } from "../../state";

export type Participant = RecordView<"participant">;
export type Classroom = RecordView<"classroom">;
export type Slot = RecordView<"slot">;
export type Team = RecordView<"team">;

export interface RoundPlan {
  id: string;
  scope: string;
  round: RecordView<"round">;
  problem: RecordView<"problem_of_practice"> | undefined;
  problemId: string;
  /** Newest version first. */
  theories: readonly RecordView<"theory_of_action">[];
  questions: readonly RecordView<"focus_question">[];
  /** By number, spare and joined numbers included. */
  classrooms: readonly Classroom[];
  participants: readonly Participant[];
  teams: readonly Team[];
  /** By time. */
  slots: readonly Slot[];
  norms: readonly RecordView<"norm">[];
  agreements: readonly RecordView<"norms_agreement">[];
}

type Ordered = { id: string; fields: { order: number | null } };

const byOrder = (a: Ordered, b: Ordered) =>
  (a.fields.order ?? 0) - (b.fields.order ?? 0) || (a.id < b.id ? -1 : 1);

const byNumber = (a: Classroom, b: Classroom) => (a.fields.number ?? 0) - (b.fields.number ?? 0);

const byTime = (a: Slot, b: Slot) =>
  (a.fields.begins_at ?? "99").localeCompare(b.fields.begins_at ?? "99") ||
  Number(a.fields.skipped) - Number(b.fields.skipped) ||
  (a.id < b.id ? -1 : 1);

const byVersion = (a: RecordView<"theory_of_action">, b: RecordView<"theory_of_action">) =>
  (b.fields.version ?? 0) - (a.fields.version ?? 0) || (a.id < b.id ? 1 : -1);

function sorted<T>(items: readonly T[], order: (a: T, b: T) => number): T[] {
  return [...items].sort(order);
}

export const scopeOf = (roundId: string) => `round:${roundId}`;

/** The plan, or undefined where the round is not on this device. */
export function planOf(roundId: string): RoundPlan | undefined {
  const scope = scopeOf(roundId);
  const round = record("round", roundId).value;
  if (!round) return undefined;
  const problemId = problemIdOf(roundId);
  return {
    id: roundId,
    scope,
    round,
    problemId,
    problem: record("problem_of_practice", problemId).value,
    theories: sorted(list("theory_of_action", scope).value, byVersion),
    questions: sorted(list("focus_question", scope).value, byOrder),
    classrooms: sorted(list("classroom", scope).value, byNumber),
    participants: list("participant", scope).value,
    teams: sorted(list("team", scope).value, byOrder),
    slots: sorted(list("slot", scope).value, byTime),
    norms: sorted(list("norm", scope).value, byOrder),
    agreements: list("norms_agreement", scope).value,
  };
}

/** A round has one problem of practice; what was written under another id stays its own. */
function problemIdOf(roundId: string): string {
  const usual = derivedId(roundId, "problem_of_practice");
  const written = list("problem_of_practice", scopeOf(roundId)).value;
  return written.some((each) => each.id === usual) ? usual : (written[0]?.id ?? usual);
}

/** Who the person is in the round, and what they may do with its plan. */
export function partIn(plan: RoundPlan) {
  const me = network.value?.member_id ?? "";
  const own = plan.participants.find((each) => each.fields.member === me);
  return {
    me,
    roles: own?.fields.roles ?? new Set<string>(),
    plans: may("round", plan.scope),
    leads: may("participant", plan.scope),
    visits: plan.teams.some((team) => team.fields.members.has(me)) || isVisitor(own),
    agreed: plan.agreements.some((each) => each.fields.member === me),
  };
}

const VISITING = ["visitor", "facilitator", "timekeeper", "documenter", "apprentice"];

/** Whether the participant goes into classrooms. */
export function isVisitor(participant: Participant | undefined): boolean {
  return VISITING.some((role) => participant?.fields.roles.has(role));
}

export function stateOfParts(plan: RoundPlan): PartState[] {
  const visitors = plan.participants.filter(isVisitor);
  const joined = new Set(visitors.map((each) => each.fields.member));
  const [theory] = plan.theories;
  return readiness({
    day: plan.round.fields,
    problem: plan.problem?.fields.text ?? "",
    theories: theory && (theory.fields.if_text || theory.fields.then_text) ? 1 : 0,
    questions: plan.questions.filter((each) => each.fields.text.trim()).length,
    classrooms: plan.classrooms.map(plannedClassroom),
    visitors: visitors.length,
    hosts: plan.participants.filter((each) => each.fields.roles.has("host")).length,
    teams: plan.teams.length,
    slots: plan.slots.map(plannedSlot),
    norms: plan.norms.filter((each) => each.fields.text.trim()).length,
    agreed: plan.agreements.filter((each) => joined.has(each.fields.member)).length,
  });
}

export function plannedClassroom({ id, fields }: Classroom): PlannedClassroom {
  const { number, grade_band, subject, spare_of, joined_to } = fields;
  return { id, number, grade_band, subject, spare_of, joined_to };
}

export function plannedSlot({ id, fields }: Slot): PlannedSlot {
  return { id, ...fields };
}

/** Made from the round and the number: V5, added on two tablets, is one V5. */
export function classroomId(roundId: string, number: number): string {
  return derivedId(roundId, `classroom:${number}`);
}

/** "V3", the only name that a classroom has. */
export function visitWord(classroom: Classroom | undefined): string {
  return classroom ? t("rounds.visit", { number: String(classroom.fields.number ?? "?") }) : "–";
}

export function classroomOf(plan: RoundPlan, id: string | null): Classroom | undefined {
  return plan.classrooms.find((each) => each.id === id);
}

/** The classroom that a slot's visit counts for, after numbers were joined. */
export function visitedIn(plan: RoundPlan, id: string | null): Classroom | undefined {
  return classroomOf(plan, followJoins(plan.classrooms.map(plannedClassroom), id)?.id ?? null);
}

/** Grades, subject and context in words, or nothing where none is said. */
export function aboutClassroom(classroom: Classroom): string {
  const { grade_band, subject, context } = classroom.fields;
  return [
    grade_band && t(`vocabulary.grade_band.${grade_band}`),
    subject && t(`vocabulary.school_subject.${subject}`),
    ...contextWords(context),
  ]
    .filter(Boolean)
    .join(" · ");
}

const CONTEXTS = [
  "advanced",
  "intervention",
  "english_learners",
  "dual_language",
  "inclusion",
  "special_education",
] as const;

function contextWords(context: ReadonlySet<string>): string[] {
  return CONTEXTS.filter((word) => context.has(word)).map((word) =>
    t(`vocabulary.program_context.${word}`),
  );
}

export function teamName(plan: RoundPlan, team: Team): string {
  const number = plan.teams.findIndex((each) => each.id === team.id) + 1;
  return team.fields.name.trim() || t("rounds.schedule.team_name", { number });
}

export function isFromHostSchool(plan: RoundPlan, memberId: string): boolean {
  const school = record("member", memberId).value?.fields.school;
  return !!school && school === plan.round.fields.host_school;
}

/** The order number that comes after all of these. */
export function nextOrder(items: readonly Ordered[]): number {
  return Math.max(0, ...items.map((each) => each.fields.order ?? 0)) + 1;
}
