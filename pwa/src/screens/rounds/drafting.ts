/**
 * From a plan to the wishes that a draft is made of, and from a draft to records.
 *
 * Ids are made from the round and the place in the draft: drafted twice, or on two tablets,
 * the same teams and visits are there once. What a draft no longer has is taken away.
 */
import type { PlanWishes, SchedulePlan } from "../../domain/schedule";
import { addMinutes, freeNumbers } from "../../domain/rounds";
import { derivedId, list, record, remove, restore, save, type SetOf } from "../../state";
import { makeOnce } from "../making";
import { revive, saveAnew } from "../revive";
import {
  classroomId,
  isVisitor,
  type Classroom,
  type RoundPlan,
  type Slot,
  type Team,
} from "./round-plan";

/** What a lead says of the draft beside the day, the people and the classrooms. */
export interface DraftWishes {
  beginsAt: string;
  endsAt: string;
  visitsPerTeam: number;
  hostSchoolVisits: boolean;
}

/** As said in the plan; unsaid, a morning: half an hour after everybody came, until lunch. */
export function usualWishes({ round: { fields } }: RoundPlan): DraftWishes {
  const begins = fields.begins_at ?? "08:00";
  return {
    beginsAt: fields.visits_begin_at ?? addMinutes(begins, 30),
    endsAt: fields.visits_end_at ?? fields.lunch_begins_at ?? addMinutes(begins, 240),
    visitsPerTeam: fields.visits_per_team ?? 4,
    hostSchoolVisits: fields.host_school_visits ?? false,
  };
}

/**
 * What a plan that stands is held against. Unsaid: the whole day, and as many visits for each
 * team as the busiest one has.
 */
export function wishesInUse(plan: RoundPlan): DraftWishes {
  const { begins_at, ends_at, ...said } = plan.round.fields;
  const counts = plan.teams.map(
    ({ id }) => plan.slots.filter(({ fields }) => fields.team === id && !fields.skipped).length,
  );
  return {
    beginsAt: said.visits_begin_at ?? begins_at ?? "00:00",
    endsAt: said.visits_end_at ?? ends_at ?? "23:59",
    visitsPerTeam: said.visits_per_team ?? Math.max(1, ...counts),
    hostSchoolVisits: said.host_school_visits ?? false,
  };
}

export function visitorIds(plan: RoundPlan): string[] {
  return plan.participants.filter(isVisitor).flatMap(({ fields }) => fields.member ?? []);
}

export function wishesOf(plan: RoundPlan, own: DraftWishes): PlanWishes {
  const { fields } = plan.round;
  return {
    members: visitorIds(plan).map((id) => {
      const member = record("member", id).value?.fields;
      return {
        id,
        schoolId: member?.school ?? null,
        districtId: member?.district ?? null,
        position: member?.position ?? null,
      };
    }),
    hostSchoolId: fields.host_school,
    pastTeams: list("team")
      .value.filter((team) => team.scope !== plan.scope)
      .map((team) => [...team.fields.members]),
    classrooms: plan.classrooms
      .filter((each) => !each.fields.spare_of && !each.fields.joined_to && each.fields.number)
      .map((each) => ({ id: each.id, number: each.fields.number ?? 0, ...freeAt(each) })),
    takenNumbers: takenNumbers(plan),
    lunchBeginsAt: fields.lunch_begins_at,
    lunchEndsAt: fields.lunch_ends_at,
    visitMinutes: fields.visit_minutes ?? 20,
    ...own,
  };
}

/** When visits are welcome there; one end left open is the day's own. */
function freeAt({ fields: { free_from, free_until } }: Classroom) {
  if (!free_from && !free_until) return {};
  return { freeAt: [{ begins: free_from ?? "00:00", ends: free_until ?? "24:00" }] };
}

/**
 * Numbers that stand for a classroom somebody may have visited: joined ones, and spare ones in
 * use. Given again, one number would name two classrooms.
 */
function takenNumbers(plan: RoundPlan): number[] {
  return plan.classrooms.flatMap((each) => {
    const { joined_to, number } = each.fields;
    return number && (joined_to || isSpareInUse(plan, each)) ? [number] : [];
  });
}

function isSpareInUse(plan: RoundPlan, { id, fields }: Classroom): boolean {
  return fields.spare_of !== null && plan.slots.some((slot) => slot.fields.classroom === id);
}

export async function applyDraft(plan: RoundPlan, draft: SchedulePlan): Promise<void> {
  const teamIds = draft.teams.map((_, index) => derivedId(plan.id, `team:${index + 1}`));
  for (const [index, team] of draft.teams.entries()) {
    const id = teamIds[index] ?? "";
    await revive("team", id);
    await save("team", id, plan.scope, teamSet(plan, id, index, team.members));
    for (const number of team.spareNumbers) await saveSpare(plan, number, id);
  }
  const slotIds = await saveSlots(plan, draft, teamIds);
  const spares = draft.teams.flatMap((team) => team.spareNumbers);
  await takeAwayOthers(plan, new Set([...teamIds, ...slotIds]), new Set(spares));
}

/** Says of every visitor whether they are in: an earlier draft may have put them elsewhere. */
function teamSet(
  plan: RoundPlan,
  id: string,
  index: number,
  members: readonly string[],
): SetOf<"team"> {
  const before = record("team", id).peek()?.fields.members ?? [];
  const everybody = new Set([...visitorIds(plan), ...before]);
  const tags = [...everybody].map((one) => [`members/${one}`, members.includes(one)] as const);
  return {
    name: "",
    order: index + 1,
    facilitator: members.find((one) => facilitates(plan, one)) ?? null,
    ...Object.fromEntries(tags),
  };
}

function facilitates(plan: RoundPlan, member: string): boolean {
  const own = plan.participants.find((each) => each.fields.member === member);
  return own?.fields.roles.has("facilitator") ?? false;
}

async function saveSpare(plan: RoundPlan, number: number, team: string): Promise<void> {
  const set = { number, spare_of: team, joined_to: null };
  await saveAnew("classroom", classroomId(plan.id, number), plan.scope, set);
}

async function saveSlots(
  plan: RoundPlan,
  draft: SchedulePlan,
  teamIds: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, slot] of draft.slots.entries()) {
    const team = teamIds[slot.team] ?? null;
    const id = derivedId(plan.id, `slot:${index + 1}`);
    ids.push(id);
    await saveAnew("slot", id, plan.scope, {
      team,
      classroom: slot.classroomId,
      begins_at: slot.beginsAt,
      minutes: slot.minutes,
      skipped: false,
    });
  }
  return ids;
}

async function takeAwayOthers(
  plan: RoundPlan,
  kept: ReadonlySet<string>,
  spares: ReadonlySet<number>,
): Promise<void> {
  for (const { id } of plan.slots) if (!kept.has(id)) await remove("slot", id);
  for (const { id } of plan.teams) if (!kept.has(id)) await remove("team", id);
  for (const each of plan.classrooms) {
    const { spare_of, number } = each.fields;
    const goes = spare_of && !spares.has(number ?? 0) && !isSpareInUse(plan, each);
    if (goes) await remove("classroom", each.id);
  }
}

/** A team by hand, with its two spare numbers. */
export async function addTeam(plan: RoundPlan): Promise<void> {
  const order = Math.max(0, ...plan.teams.map((team) => team.fields.order ?? 0)) + 1;
  const set = { name: "", order };
  const id = await makeOnce("team", plan.id, (team) => save("team", team, plan.scope, set));
  const taken = plan.classrooms.map((each) => each.fields.number);
  for (const number of freeNumbers(taken, 2)) await saveSpare(plan, number, id);
}

/** Take away a team with its visits and spare numbers. Gives back what undoes it. */
export async function removeTeam(plan: RoundPlan, team: Team): Promise<() => Promise<void>> {
  const slots = plan.slots.filter((slot) => slot.fields.team === team.id);
  const spares = plan.classrooms.filter((each) => each.fields.spare_of === team.id);
  const all = [
    ...slots.map((each) => ["slot", each.id] as const),
    ...spares.map((each) => ["classroom", each.id] as const),
    ["team", team.id] as const,
  ];
  for (const [kind, id] of all) await remove(kind, id);
  return async () => {
    for (const [kind, id] of all) await restore(kind, id);
  };
}

/** Put a member into one team, or none: nobody is in two. */
export async function putInTeam(plan: RoundPlan, member: string, team: string | null) {
  for (const { id, fields } of plan.teams) {
    const isIn = fields.members.has(member);
    if (isIn === (id === team)) continue;
    await save("team", id, plan.scope, {
      [`members/${member}`]: id === team,
      ...(isIn && fields.facilitator === member && { facilitator: null }),
    });
  }
}

/** A further visit: after the team's last one, the classroom still open. */
export async function addSlot(plan: RoundPlan, team: Team): Promise<string> {
  const last = plan.slots.filter((slot) => slot.fields.team === team.id).at(-1)?.fields;
  const minutes = plan.round.fields.visit_minutes ?? 20;
  const begins_at = last?.begins_at
    ? addMinutes(last.begins_at, (last.minutes ?? minutes) + 5)
    : usualWishes(plan).beginsAt;
  const set = { team: team.id, begins_at, minutes };
  return makeOnce("slot", team.id, (id) => save("slot", id, plan.scope, set));
}

/**
 * Leave a visit out, no reason stored; a spare number takes its place at the same time.
 * Gives back what undoes it. The new visit's id is made from the old one's: said on two
 * tablets, it is there once.
 */
export async function notToday(plan: RoundPlan, slot: Slot, spare: string | undefined) {
  const { team, begins_at, minutes } = slot.fields;
  const instead = derivedId(slot.id, spare ?? "");
  await save("slot", slot.id, plan.scope, { skipped: true });
  if (spare) {
    const set = { team, classroom: spare, begins_at, minutes, skipped: false };
    await saveAnew("slot", instead, plan.scope, set);
  }
  return async () => {
    await save("slot", slot.id, plan.scope, { skipped: false });
    if (spare) await remove("slot", instead);
  };
}
