/**
 * Plan a past round again: its plan goes to a new round, under new ids.
 *
 * Nothing that anybody wrote in a visit or a debrief comes along, nor who agreed to the norms,
 * nor what was left out on the day. Numbers that were joined come as one.
 */
import { derivedId, save, type SetOf } from "../../state";
import { scopeOf, type RoundPlan } from "./round-plan";

/** The same new id for the same old one, so that a copy may be made twice and is one. */
type Renamed = (oldId: string) => string;

const DAY_FIELDS = [
  "begins_at",
  "ends_at",
  "lunch_begins_at",
  "lunch_ends_at",
  "address",
  "entrance",
  "parking",
  "meeting_room",
  "phone",
  "day_notes",
  "visit_minutes",
  "visits_begin_at",
  "visits_end_at",
  "visits_per_team",
  "host_school_visits",
] as const;

function picked<F extends object, N extends keyof F>(fields: F, names: readonly N[]): Partial<F> {
  const said = names.filter((name) => fields[name] !== null && fields[name] !== "");
  return Object.fromEntries(said.map((name) => [name, fields[name]])) as unknown as Partial<F>;
}

function tagged(field: string, tags: ReadonlySet<string>): Record<string, true> {
  return Object.fromEntries([...tags].map((tag) => [`${field}/${tag}`, true]));
}

export async function copyPlan(from: RoundPlan, to: string): Promise<void> {
  const renamed: Renamed = (oldId) => derivedId(to, oldId);
  await copyDay(from, to);
  await copyWords(from, to, renamed);
  await copyClassrooms(from, to, renamed);
  await copyPeople(from, to, renamed);
  await copySlots(from, to, renamed);
}

async function copyDay(from: RoundPlan, to: string): Promise<void> {
  const day = picked(from.round.fields, DAY_FIELDS) as SetOf<"round">;
  await save("round", to, scopeOf(to), { ...day, previous_round: from.id });
}

async function copyWords(from: RoundPlan, to: string, renamed: Renamed): Promise<void> {
  const scope = scopeOf(to);
  const problem = from.problem?.fields.text;
  if (problem) {
    const id = derivedId(to, "problem_of_practice");
    await save("problem_of_practice", id, scope, { text: problem });
  }
  const [theory] = from.theories;
  if (theory) {
    const words = picked(theory.fields, ["if_text", "then_text", "so_that_text"]);
    await save("theory_of_action", renamed(theory.id), scope, { ...words, version: 1 });
  }
  for (const { id, fields } of from.norms) {
    await save("norm", renamed(id), scope, { text: fields.text, order: fields.order });
  }
  // One that was chosen from a list stays that one, so that it is found over rounds.
  for (const { id, fields } of from.questions) {
    const { text, order, standards } = fields;
    const set = { text, order, ...tagged("standards", standards) };
    const chosen = [...standards].find((standard) => derivedId(from.id, standard) === id);
    await save("focus_question", chosen ? derivedId(to, chosen) : renamed(id), scope, set);
  }
}

async function copyClassrooms(from: RoundPlan, to: string, renamed: Renamed): Promise<void> {
  for (const { id, fields } of from.classrooms.filter((each) => !each.fields.joined_to)) {
    await save("classroom", renamed(id), scopeOf(to), {
      ...picked(fields, ["number", "grade_band", "subject"]),
      ...tagged("context", fields.context),
      ...(fields.spare_of && { spare_of: renamed(fields.spare_of) }),
    });
  }
}

async function copyPeople(from: RoundPlan, to: string, renamed: Renamed): Promise<void> {
  for (const { fields } of from.participants) {
    if (!fields.member) continue;
    const roles = tagged("roles", fields.roles);
    const set = { member: fields.member, ...roles };
    await save("participant", derivedId(to, fields.member), scopeOf(to), set);
  }
  for (const { id, fields } of from.teams) {
    const { name, order, members, facilitator } = fields;
    const set = { name, order, facilitator, ...tagged("members", members) };
    await save("team", renamed(id), scopeOf(to), set);
  }
}

async function copySlots(from: RoundPlan, to: string, renamed: Renamed): Promise<void> {
  for (const { id, fields } of from.slots) {
    const classroom = from.classrooms.find((each) => each.id === fields.classroom);
    if (!classroom || !fields.team || classroom.fields.spare_of) continue;
    await save("slot", renamed(id), scopeOf(to), {
      team: renamed(fields.team),
      classroom: renamed(classroom.fields.joined_to ?? classroom.id),
      begins_at: fields.begins_at,
      minutes: fields.minutes,
    });
  }
}
