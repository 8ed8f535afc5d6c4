/**
 * One visitor's day in a round, read from the plan: the team, its slots in order, and what
 * may be said of a classroom.
 */
import { followJoins } from "../../domain/rounds";
import { t } from "../../i18n";
import { list, network, record, type RecordView } from "../../state";
import { inOrder } from "./visit-clock";

export type ClassroomView = RecordView<"classroom">;

export interface VisitSlot {
  id: string;
  team: string | null;
  begins_at: string | null;
  minutes: number | null;
  skipped: boolean | null;
  classroom: string | null;
  /** `V3`. */
  label: string;
  /** Grade band, subject, context; empty where nothing is known. */
  detail: string;
}

/** To another classroom; `carry` takes the line under way along. */
export type Go = (to: VisitSlot, carry?: boolean) => void;

const USUAL_MINUTES = 20;

export function memberId(): string {
  return network.value?.member_id ?? "";
}

export function visitLabel(classroom: ClassroomView | undefined): string {
  const number = classroom?.fields.number;
  return number ? t("evidence.visit_number", { number: String(number) }) : t("evidence.classroom");
}

export function visitDetail(classroom: ClassroomView | undefined): string {
  const { grade_band: band, subject, context } = classroom?.fields ?? {};
  const words = [
    band && t(`vocabulary.grade_band.${band}`),
    subject && t(`vocabulary.school_subject.${subject}`),
    ...[...(context ?? [])].map((word) => t(`vocabulary.program_context.${word}` as never)),
  ];
  return words.filter(Boolean).join(" · ");
}

/** The classroom that an id stands for today, joined numbers followed. */
export function classroomOf(round: string, id: string | null): ClassroomView | undefined {
  const all = list("classroom", `round:${round}`).value;
  const plan = all.map((each) => ({ id: each.id, ...each.fields }));
  const found = followJoins(plan, id);
  return all.find((each) => each.id === found?.id);
}

function visitSlot(round: string, slot: RecordView<"slot">): VisitSlot {
  const classroom = classroomOf(round, slot.fields.classroom);
  const { team, begins_at, minutes, skipped } = slot.fields;
  return {
    ...{ id: slot.id, team, begins_at, skipped },
    minutes: minutes ?? record("round", round).value?.fields.visit_minutes ?? USUAL_MINUTES,
    classroom: classroom?.id ?? slot.fields.classroom,
    label: visitLabel(classroom),
    detail: visitDetail(classroom),
  };
}

/** The team that the person visits with in this round. */
export function teamOf(round: string): RecordView<"team"> | undefined {
  return list("team", `round:${round}`).value.find((team) => team.fields.members.has(memberId()));
}

/** The slots of one team, in the order of the day. */
export function slotsOf(round: string, team: string | null): VisitSlot[] {
  const slots = list("slot", `round:${round}`).value.filter((slot) => slot.fields.team === team);
  return inOrder(slots.map((slot) => visitSlot(round, slot)));
}

export function slotAt(round: string, id: string): VisitSlot | undefined {
  const slot = record("slot", id).value;
  return slot && visitSlot(round, slot);
}

/**
 * Classrooms that teams come to, joined numbers once, and the one given: what a card may say
 * of one is what three of them share. A round without slots is taken to visit all.
 */
export function visitedClassrooms(round: string, own: string | null): ClassroomView[] {
  const slots = list("slot", `round:${round}`).value.filter((slot) => !slot.fields.skipped);
  const been = new Set([...slots.map((slot) => slot.fields.classroom), own]);
  const all = list("classroom", `round:${round}`).value;
  if (slots.length === 0) return all.filter(({ fields }) => !fields.joined_to && !fields.spare_of);
  const whole = new Set([...been].map((id) => classroomOf(round, id)?.id));
  return all.filter((each) => whole.has(each.id));
}
