/** Teams and visits as records: drafted twice they are there once, changed by hand, copied. */
import { beforeEach, expect, test } from "vitest";
import { draftSchedule } from "../../../../pwa/src/domain/schedule";
import { copyPlan } from "../../../../pwa/src/screens/rounds/copy-plan";
import {
  addTeam,
  applyDraft,
  notToday,
  putInTeam,
  removeTeam,
  usualWishes,
  wishesInUse,
  wishesOf,
} from "../../../../pwa/src/screens/rounds/drafting";
import {
  classroomId,
  planOf,
  stateOfParts,
  visitedIn,
  type RoundPlan,
} from "../../../../pwa/src/screens/rounds/round-plan";
import { parsePicked } from "../../../../pwa/src/screens/words/words-field";
import { derivedId, list, newId, remove, save } from "../../../../pwa/src/state";
import { aNotebook, NETWORK, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const MEMBERS = Array.from({ length: 8 }, (_, at) => derivedId("member", String(at)));

beforeEach(async () => {
  localStorage.clear();
  await aNotebook();
});

/** Eight visitors of eight schools, eight classrooms, a morning. */
async function aPlan(): Promise<RoundPlan> {
  const day = { begins_at: "08:00", ends_at: "15:00", lunch_begins_at: "11:30" };
  await save("round", ROUND, SCOPE, { title: "Sample", visit_minutes: 20, ...day });
  for (const [at, member] of MEMBERS.entries()) {
    const school = derivedId("school", String(at));
    await save("member", member, `network:${NETWORK}`, { name: `Sample ${at}`, school });
    const visitor = { member, "roles/visitor": true } as const;
    await save("participant", derivedId(ROUND, member), SCOPE, visitor);
  }
  for (let number = 1; number <= 8; number += 1)
    await save("classroom", classroomId(ROUND, number), SCOPE, { number, grade_band: "6_8" });
  return plan();
}

function plan(round = ROUND): RoundPlan {
  const found = planOf(round);
  if (!found) throw new Error("no such round");
  return found;
}

async function drafted(): Promise<RoundPlan> {
  const bare = await aPlan();
  await applyDraft(bare, draftSchedule(wishesOf(bare, usualWishes(bare))));
  return plan();
}

/** What a schedule says, whatever its ids. */
function schedule({ teams, slots }: RoundPlan) {
  return {
    teams: teams.map((team) => [...team.fields.members].sort()),
    slots: slots.map(({ fields }) => [fields.team, fields.classroom, fields.begins_at]),
  };
}

test("a draft becomes teams, visits and two spare numbers a team", async () => {
  const { teams, slots, classrooms } = await drafted();

  expect(teams).toHaveLength(2);
  expect(teams.flatMap((team) => [...team.fields.members]).sort()).toEqual([...MEMBERS].sort());
  expect(slots.length).toBeGreaterThanOrEqual(teams.length * 3);
  for (const team of teams)
    expect(classrooms.filter((each) => each.fields.spare_of === team.id)).toHaveLength(2);
});

test("drafted again with the same people, everything is there once", async () => {
  const first = await drafted();

  await applyDraft(first, draftSchedule(wishesOf(first, usualWishes(first))));

  expect(schedule(plan())).toEqual(schedule(first));
  expect(plan().classrooms).toHaveLength(first.classrooms.length);
});

test("a smaller draft takes away the teams, visits and spare numbers that it has no more", async () => {
  const first = await drafted();
  for (const member of MEMBERS.slice(4)) await remove("participant", derivedId(ROUND, member));

  await applyDraft(plan(), draftSchedule(wishesOf(plan(), usualWishes(plan()))));

  const { teams, slots, classrooms } = plan();
  expect(teams).toHaveLength(1);
  expect([...(teams[0]?.fields.members ?? [])].sort()).toEqual(MEMBERS.slice(0, 4).sort());
  expect(slots.every((slot) => slot.fields.team === teams[0]?.id)).toBe(true);
  expect(classrooms.filter((each) => each.fields.spare_of)).toHaveLength(2);
  expect(first.teams).toHaveLength(2);
});

test("a team that a draft brings back holds the people of the draft alone", async () => {
  const first = await drafted();
  const second = first.teams[1]!;
  await removeTeam(first, second);

  await applyDraft(plan(), draftSchedule(wishesOf(plan(), usualWishes(plan()))));

  expect(schedule(plan())).toEqual(schedule(first));
});

test("a spare number that was used is given to no other classroom when it is drafted again", async () => {
  const before = await drafted();
  const slot = before.slots[0]!;
  const spare = before.classrooms.find((each) => each.fields.spare_of === slot.fields.team)!;
  await notToday(before, slot, spare.id);

  await applyDraft(plan(), draftSchedule(wishesOf(plan(), usualWishes(plan()))));

  const { teams, classrooms } = plan();
  const kept = classrooms.find((each) => each.id === spare.id);
  const given = classrooms.filter((each) => each.fields.spare_of && each.id !== spare.id);
  expect(kept?.fields.number).toBe(spare.fields.number);
  expect(given).toHaveLength(teams.length * 2);
  expect(given.every((each) => each.fields.number! > spare.fields.number!)).toBe(true);
});

test("what a lead wishes of the draft stays in the plan, and the plan is held against it", async () => {
  await aPlan();
  await save("round", ROUND, SCOPE, {
    ...{ visits_begin_at: "09:15", visits_end_at: "11:00" },
    ...{ visits_per_team: 3, host_school_visits: true },
  });

  const wishes = { beginsAt: "09:15", endsAt: "11:00", visitsPerTeam: 3, hostSchoolVisits: true };
  expect(usualWishes(plan())).toEqual(wishes);
  expect(wishesInUse(plan())).toEqual(wishes);
});

test("no drafted visit comes to a classroom when it is not welcome there", async () => {
  await aPlan();
  const [late, early] = [classroomId(ROUND, 1), classroomId(ROUND, 2)];
  await save("classroom", late, SCOPE, { free_from: "10:00" });
  await save("classroom", early, SCOPE, { free_until: "09:30" });

  const { slots } = draftSchedule(wishesOf(plan(), usualWishes(plan())));

  const begins = (id: string) => slots.filter((each) => each.classroomId === id);
  expect(begins(late).every((each) => each.beginsAt >= "10:00")).toBe(true);
  expect(begins(early).every((each) => each.beginsAt <= "09:10")).toBe(true);
  expect(begins(early).length + begins(late).length).toBeGreaterThan(0);
});

test("who is put into another team leaves the first, and facilitates it no more", async () => {
  const { teams } = await drafted();
  const [one, other] = [teams[0]!, teams[1]!];
  const member = [...one.fields.members][0]!;
  await save("team", one.id, SCOPE, { facilitator: member });

  await putInTeam(plan(), member, other.id);

  const [left, joined] = plan().teams;
  expect(left?.fields.members.has(member)).toBe(false);
  expect(left?.fields.facilitator).toBeNull();
  expect(joined?.fields.members.has(member)).toBe(true);
});

test("Not today: the spare number comes at the same time, no reason is kept, and undo undoes", async () => {
  const before = await drafted();
  const slot = before.slots[0]!;
  const spare = before.classrooms.find((each) => each.fields.spare_of === slot.fields.team)!;

  const undo = await notToday(before, slot, spare.id);

  const now = plan().slots.filter((each) => each.fields.team === slot.fields.team);
  expect(now.find((each) => each.id === slot.id)?.fields.skipped).toBe(true);
  expect(now.find((each) => each.fields.classroom === spare.id)?.fields).toMatchObject({
    begins_at: slot.fields.begins_at,
    minutes: slot.fields.minutes,
  });
  await undo();
  expect(schedule(plan())).toEqual(schedule(before));
});

test("of two numbers joined into one, every visit counts as the one that was chosen", async () => {
  const { slots } = await drafted();
  const [from, to] = [classroomId(ROUND, 1), classroomId(ROUND, 2)];

  await save("classroom", from, SCOPE, { joined_to: to });

  const visits = slots.filter((slot) => slot.fields.classroom === from);
  expect(visits.length).toBeGreaterThan(0);
  expect(visits.map((slot) => visitedIn(plan(), slot.fields.classroom)?.id)).toEqual(
    visits.map(() => to),
  );
});

test("a team by hand has two spare numbers that nobody else has", async () => {
  const before = await drafted();

  await addTeam(before);

  const team = plan().teams.at(-1)!;
  const numbers = plan().classrooms.map((each) => each.fields.number);
  expect(plan().classrooms.filter((each) => each.fields.spare_of === team.id)).toHaveLength(2);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("a copied plan has the day, people, classrooms, teams and visits, under its own ids", async () => {
  const from = await drafted();
  const to = newId();

  await copyPlan(from, to);

  const copy = plan(to);
  expect(copy.round.fields).toMatchObject({ begins_at: "08:00", previous_round: ROUND });
  expect(copy.round.fields.visits_on).toBeNull();
  expect(schedule(copy).teams.sort()).toEqual(schedule(from).teams.sort());
  expect(copy.slots).toHaveLength(from.slots.length);
  const ids = new Set(from.slots.concat().map((each) => each.id));
  expect(copy.slots.some((each) => ids.has(each.id))).toBe(false);
});

test("a copied plan brings no words of visitors, no agreement and no question that was left", async () => {
  const from = await drafted();
  const problem = derivedId(ROUND, "problem_of_practice");
  const asked = { text: "We do not know how.", observable: "Where would one see it?" };
  await save("problem_of_practice", problem, SCOPE, asked);
  const agreement = derivedId(`${ROUND}:norms`, MEMBERS[0]!);
  await save("norms_agreement", agreement, SCOPE, { member: MEMBERS[0]! });
  await save("card", newId(), SCOPE, { text: "T: Why?" });
  await save("norm", newId(), SCOPE, { text: "We are silent.", order: 1 });
  const to = newId();

  await copyPlan(plan(), to);

  expect(from.problem).toBeUndefined();
  expect(plan(to).problem?.fields).toMatchObject({ text: "We do not know how.", observable: "" });
  expect(plan(to).norms.map((norm) => norm.fields.text)).toEqual(["We are silent."]);
  expect(plan(to).agreements).toEqual([]);
  expect(list("card", `round:${to}`).value).toEqual([]);
});

test("what was left out on the day is planned again, its stand-in is not", async () => {
  const before = await drafted();
  const slot = before.slots[0]!;
  const spare = before.classrooms.find((each) => each.fields.spare_of === slot.fields.team)!;
  await notToday(before, slot, spare.id);
  const to = newId();

  await copyPlan(plan(), to);

  expect(plan(to).slots).toHaveLength(before.slots.length);
  expect(plan(to).slots.filter((each) => each.fields.skipped)).toEqual([]);
});

test("the parts of a plan say what is missing", async () => {
  await aPlan();

  const missing = stateOfParts(plan()).filter((part) => !part.ready);

  expect(missing.map((part) => part.key)).toEqual([
    "rounds.missing.day",
    "rounds.missing.problem",
    "rounds.missing.theory",
    "rounds.missing.questions",
    "rounds.missing.bands",
    "rounds.missing.host",
    "rounds.missing.teams",
    "rounds.missing.norms",
  ]);
});

test("a date, a time or a number is saved once it is whole", () => {
  expect(parsePicked("date", "0002-11-12")).toBeUndefined();
  expect(parsePicked("date", "2026-11-12")).toBe("2026-11-12");
  expect(parsePicked("time", "09:05")).toBe("09:05");
  expect(parsePicked("number", "3", 5, 120)).toBeUndefined();
  expect(parsePicked("number", "25", 5, 120)).toBe(25);
  expect(parsePicked("time", "")).toBeNull();
});
