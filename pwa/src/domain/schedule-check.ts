/**
 * What a plan does not meet, in words: of a draft what could not be met, of a plan changed by
 * hand what the change breaks. It forbids nothing; a lead may know better.
 */
import {
  mayVisit,
  settled,
  VISITS_A_ROOM,
  type DraftSlot,
  type PlanFinding,
  type PlanMember,
  type PlanWishes,
  type SchedulePlan,
  type SettledWishes,
} from "./schedule-plan";
import { pairKey, timesMet, workForEachOther } from "./schedule-teams";
import { isFree, isInLunch, minutesOf } from "./schedule-visits";

type Draft = Pick<SchedulePlan, "teams" | "slots">;

export function checkSchedule(wishes: PlanWishes, draft: Draft): PlanFinding[] {
  const wanted = settled(wishes);
  return [
    ...aboutPeople(wanted, draft),
    ...draft.teams.flatMap((team, index) => aboutTeam(team.members, index + 1, wanted)),
    ...aboutMetBefore(wanted, draft),
    ...draft.teams.flatMap((_, index) => aboutVisits(index, wanted, draft)),
    ...aboutRooms(wanted, draft),
  ];
}

function finding(what: string, params: PlanFinding["params"]): PlanFinding {
  return { key: `rounds.plan_finding.${what}`, params };
}

function aboutPeople(wishes: SettledWishes, { teams }: Draft): PlanFinding[] {
  return sortedById(wishes.members).flatMap((member) => {
    const places = teams.filter((team) => team.members.includes(member.id)).length;
    if (places > 1) return [finding("in_two_teams", { member: member.id })];
    const visits = mayVisit(member, wishes);
    if (places === 1 && !visits) return [finding("host_school", { member: member.id })];
    return places === 0 && visits ? [finding("in_no_team", { member: member.id })] : [];
  });
}

function aboutTeam(ids: readonly string[], team: number, wishes: SettledWishes): PlanFinding[] {
  const found: PlanFinding[] = [];
  if (ids.length < wishes.smallestTeam)
    found.push(finding("team_small", { team, count: ids.length }));
  if (ids.length > wishes.largestTeam)
    found.push(finding("team_large", { team, count: ids.length }));
  const people = sortedById(wishes.members.filter((member) => ids.includes(member.id)));
  people.forEach((one, index) => {
    for (const other of people.slice(index + 1)) {
      if (!workForEachOther(one, other)) continue;
      found.push(finding("work_together", { team, member: one.id, other: other.id }));
    }
  });
  if (isOneDistrict(people) && !isOneDistrict(wishes.members))
    found.push(finding("one_district", { team }));
  return found;
}

function isOneDistrict(people: readonly PlanMember[]): boolean {
  const districts = new Set(people.map((member) => member.districtId));
  return people.length > 1 && districts.size === 1 && !districts.has(null);
}

/** One line for all pairs: after some years everybody has met. */
function aboutMetBefore(wishes: SettledWishes, { teams }: Draft): PlanFinding[] {
  const met = timesMet(wishes.pastTeams);
  let count = 0;
  for (const { members } of teams) {
    members.forEach((one, index) => {
      count += members.slice(index + 1).filter((other) => met.has(pairKey(one, other))).length;
    });
  }
  return count > 0 ? [finding("met_before", { count })] : [];
}

function aboutVisits(index: number, wishes: SettledWishes, { slots }: Draft): PlanFinding[] {
  const team = index + 1;
  const visits = slots.filter((slot) => slot.team === index).sort(byTime);
  const found: PlanFinding[] = [];
  if (visits.length < wishes.visitsPerTeam)
    found.push(finding("few_visits", { team, count: visits.length, wanted: wishes.visitsPerTeam }));
  visits.forEach((slot, at) => {
    const before = visits[at - 1];
    const begins = minutesOf(slot.beginsAt);
    const time = slot.beginsAt;
    if (before && minutesOf(before.beginsAt) + before.minutes > begins)
      found.push(finding("two_places", { team, time }));
    if (isInLunch(begins, { ...wishes, visitMinutes: slot.minutes }))
      found.push(finding("in_lunch", { team, time }));
    if (begins < minutesOf(wishes.beginsAt) || begins + slot.minutes > minutesOf(wishes.endsAt))
      found.push(finding("outside_day", { team, time }));
    if (visits.slice(0, at).some((other) => other.classroomId === slot.classroomId))
      found.push(finding("same_room_again", { team, number: numberOf(slot, wishes) }));
  });
  return found;
}

function aboutRooms(wishes: SettledWishes, { slots }: Draft): PlanFinding[] {
  const rooms = wishes.classrooms.toSorted((a, b) => a.number - b.number);
  return rooms.flatMap((room) => {
    const visits = slots.filter((slot) => slot.classroomId === room.id).sort(byTime);
    const found: PlanFinding[] = [];
    if (visits.length > VISITS_A_ROOM)
      found.push(finding("room_too_often", { number: room.number, count: visits.length }));
    visits.forEach((slot, at) => {
      const before = visits[at - 1];
      const begins = minutesOf(slot.beginsAt);
      const params = { number: room.number, time: slot.beginsAt };
      if (before && minutesOf(before.beginsAt) + before.minutes > begins)
        found.push(finding("two_teams_at_once", params));
      if (!isFree(room, begins, slot.minutes)) found.push(finding("room_not_free", params));
    });
    return found;
  });
}

function byTime(a: DraftSlot, b: DraftSlot): number {
  return minutesOf(a.beginsAt) - minutesOf(b.beginsAt) || a.team - b.team;
}

function numberOf(slot: DraftSlot, wishes: SettledWishes): number {
  return wishes.classrooms.find((room) => room.id === slot.classroomId)?.number ?? 0;
}

function sortedById(members: readonly PlanMember[]): PlanMember[] {
  return members.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
