/**
 * A drafted plan of the day: teams, slots, spare visit numbers.
 *
 * The same input gives the same plan on every device: nothing here reads a clock or draws lots.
 * A draft is a proposal; every cell can be changed by hand, and `checkSchedule` says in words
 * what a change breaks.
 */
import {
  mayVisit,
  settled,
  VISITS_A_ROOM,
  type PlanWishes,
  type SchedulePlan,
  type SettledWishes,
} from "./schedule-plan";
import { checkSchedule } from "./schedule-check";
import { makeTeams } from "./schedule-teams";
import { placeVisits, visitTimes } from "./schedule-visits";

export { checkSchedule };
export type * from "./schedule-plan";

const SPARES_A_TEAM = 2;

/** Teams, visits and spare numbers. The order in which people and classrooms come is no matter. */
export function draftSchedule(wishes: PlanWishes): SchedulePlan {
  const wanted = settled(wishes);
  const visitors = wanted.members.filter((member) => mayVisit(member, wanted));
  const teams = makeTeams(visitors, wanted, roomForTeams(wanted));
  const slots = placeVisits(teams.length, wanted);
  const spares = spareNumbers(wanted, teams.length * SPARES_A_TEAM);
  const drafted = teams.map((members, index) => ({
    members,
    spareNumbers: spares.slice(index * SPARES_A_TEAM, (index + 1) * SPARES_A_TEAM),
  }));
  return {
    teams: drafted,
    slots,
    findings: checkSchedule(wishes, { teams: drafted, slots }),
  };
}

/** How many teams the classrooms can take in, each with all its visits. */
function roomForTeams(wishes: SettledWishes): number {
  const times = visitTimes(wishes).length;
  const visits = wishes.classrooms.length * Math.min(VISITS_A_ROOM, times);
  return Math.floor(visits / Math.max(1, Math.min(wishes.visitsPerTeam, times)));
}

function spareNumbers(wishes: SettledWishes, count: number): number[] {
  const taken = [...wishes.classrooms.map((each) => each.number), ...wishes.takenNumbers];
  const first = Math.max(0, ...taken) + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}
