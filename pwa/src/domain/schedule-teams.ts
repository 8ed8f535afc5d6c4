/**
 * Who visits with whom: people who work for each other apart, districts and levels mixed,
 * new pairs before old ones. Costs of pairs are added up; the cheapest teams found are taken.
 */
import type { PlanMember, SettledWishes } from "./schedule-plan";

const APART = 1000;
const MET = 20;
const SAME_DISTRICT = 4;
const SAME_POSITION = 2;
const STARTS = 6;
const ROUNDS_OF_SWAPS = 30;

/** Positions that lead a district: to its other people they are the supervisor. */
const LEADS_A_DISTRICT: Readonly<Record<string, number>> = {
  district_leader: 1,
  superintendent: 2,
};

/** Whether one may be in a position to judge the other, or sees them every day. */
export function workForEachOther(one: PlanMember, other: PlanMember): boolean {
  if (one.schoolId !== null && one.schoolId === other.schoolId) return true;
  if (one.districtId === null || one.districtId !== other.districtId) return false;
  return levelOf(one) !== levelOf(other);
}

function levelOf(member: PlanMember): number {
  return LEADS_A_DISTRICT[member.position ?? ""] ?? 0;
}

/** How often each pair has visited together, by `pairKey`. */
export function timesMet(pastTeams: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const met = new Map<string, number>();
  for (const team of pastTeams) {
    const members = [...new Set(team)];
    members.forEach((one, index) => {
      for (const other of members.slice(index + 1)) {
        met.set(pairKey(one, other), (met.get(pairKey(one, other)) ?? 0) + 1);
      }
    });
  }
  return met;
}

export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** Teams as lists of member ids. `roomFor`: how many teams the classrooms can take in. */
export function makeTeams(
  visitors: readonly PlanMember[],
  wishes: SettledWishes,
  roomFor: number,
): string[][] {
  const people = visitors.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const count = teamCount(people, wishes, roomFor);
  if (count === 0) return [];
  const cost = pairCosts(people, wishes);
  let best: number[][] = [];
  let least = Infinity;
  for (let start = 0; start < STARTS && least > 0; start++) {
    const teams = improved(dealt(people, count, start, cost), cost);
    const total = teams.reduce((sum, team) => sum + teamCost(team, cost), 0);
    if (total < least) [best, least] = [teams, total];
  }
  return best
    .map((team) => team.toSorted((a, b) => a - b).map((index) => people[index]?.id ?? ""))
    .sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

/** Teams of about four; enough to keep a school's people apart, no more than there is room for. */
function teamCount(people: readonly PlanMember[], wishes: SettledWishes, roomFor: number): number {
  if (people.length === 0) return 0;
  const fewest = Math.ceil(people.length / wishes.largestTeam);
  const most = Math.max(1, fewest, Math.floor(people.length / wishes.smallestTeam));
  const usual = Math.round((2 * people.length) / (wishes.smallestTeam + wishes.largestTeam));
  const schools = new Map<string, number>();
  for (const { schoolId } of people) {
    if (schoolId !== null) schools.set(schoolId, (schools.get(schoolId) ?? 0) + 1);
  }
  const toPart = Math.max(0, ...schools.values());
  return Math.min(most, Math.max(fewest, toPart, Math.min(usual, roomFor)));
}

type Costs = readonly (readonly number[])[];

function pairCosts(people: readonly PlanMember[], wishes: SettledWishes): Costs {
  const met = timesMet(wishes.pastTeams);
  return people.map((one) =>
    people.map((other) => {
      if (one.id === other.id) return 0;
      const sameDistrict = one.districtId !== null && one.districtId === other.districtId;
      return (
        (workForEachOther(one, other) ? APART : 0) +
        (met.get(pairKey(one.id, other.id)) ?? 0) * MET +
        (sameDistrict ? SAME_DISTRICT : 0) +
        (one.position !== null && one.position === other.position ? SAME_POSITION : 0)
      );
    }),
  );
}

/** People dealt one by one to the team that they cost least in; the first differs by `start`. */
function dealt(
  people: readonly PlanMember[],
  count: number,
  start: number,
  cost: Costs,
): number[][] {
  const teams: number[][] = Array.from({ length: count }, () => []);
  const largest = Math.ceil(people.length / count);
  const larger = people.length - Math.floor(people.length / count) * count;
  const shift = Math.floor((start * people.length) / STARTS);
  for (let turn = 0; turn < people.length; turn++) {
    const person = (turn + shift) % people.length;
    const full = teams.filter((team) => team.length === largest).length;
    const cap = larger > 0 && full >= larger ? largest - 1 : largest;
    const open = teams.filter((team) => team.length < Math.max(cap, 1));
    cheapest(open, person, cost).push(person);
  }
  return teams;
}

function cheapest(teams: number[][], person: number, cost: Costs): number[] {
  const priced = teams.map((team) => ({ team, price: costIn(team, person, cost) }));
  priced.sort((a, b) => a.price - b.price || a.team.length - b.team.length);
  return priced[0]?.team ?? [];
}

/** Two people change places as long as that makes it cheaper. */
function improved(teams: number[][], cost: Costs): number[][] {
  for (let round = 0; round < ROUNDS_OF_SWAPS; round++) {
    if (!teams.some((team, index) => swapFrom(team, teams.slice(index + 1), cost))) break;
  }
  return teams;
}

function swapFrom(team: number[], others: number[][], cost: Costs): boolean {
  let swapped = false;
  for (const other of others) {
    for (let mine = 0; mine < team.length; mine++) {
      for (let theirs = 0; theirs < other.length; theirs++) {
        if (gainOf(team, mine, other, theirs, cost) <= 0) continue;
        [team[mine], other[theirs]] = [other[theirs] ?? 0, team[mine] ?? 0];
        swapped = true;
      }
    }
  }
  return swapped;
}

function gainOf(
  team: number[],
  mine: number,
  other: number[],
  theirs: number,
  cost: Costs,
): number {
  const one = team[mine] ?? 0;
  const two = other[theirs] ?? 0;
  const before = costIn(team, one, cost) + costIn(other, two, cost);
  // Each leaves before the other comes, so the pair itself counts for nothing.
  const pair = 2 * (cost[one]?.[two] ?? 0);
  return before - (costIn(team, two, cost) + costIn(other, one, cost) - pair);
}

function costIn(team: readonly number[], person: number, cost: Costs): number {
  return team.reduce((sum, each) => sum + (cost[person]?.[each] ?? 0), 0);
}

function teamCost(team: readonly number[], cost: Costs): number {
  return team.reduce((sum, person) => sum + costIn(team, person, cost), 0);
}
