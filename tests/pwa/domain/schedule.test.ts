import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkSchedule,
  draftSchedule,
  type PlanClassroom,
  type PlanMember,
  type PlanWishes,
} from "../../../pwa/src/domain/schedule";
import { workForEachOther } from "../../../pwa/src/domain/schedule-teams";
import { ROOT } from "./real-notes";

const POSITIONS = [
  "teacher_leader",
  "assistant_principal",
  "principal",
  "district_leader",
  "superintendent",
  "partner",
];

/** Schools s1.. of districts d1..: school s4 lies in district d2. */
function aMember(index: number, schools = 20): PlanMember {
  const school = (index % schools) + 1;
  return {
    id: `m${String(index).padStart(2, "0")}`,
    schoolId: `s${school}`,
    districtId: `d${Math.ceil(school / 3)}`,
    position: "principal",
  };
}

function classrooms(count: number): PlanClassroom[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `c${index + 1}`,
    number: index + 1,
  }));
}

function aDay(part: Partial<PlanWishes> = {}): PlanWishes {
  return {
    members: Array.from({ length: 16 }, (_, index) => aMember(index)),
    hostSchoolId: "host",
    pastTeams: [],
    classrooms: classrooms(12),
    beginsAt: "08:30",
    endsAt: "12:00",
    lunchBeginsAt: "12:00",
    lunchEndsAt: "12:45",
    visitMinutes: 20,
    ...part,
  };
}

const keysOf = (wishes: PlanWishes) =>
  draftSchedule(wishes).findings.map(({ key }) => key.replace("rounds.plan_finding.", ""));

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe("an ordinary day", () => {
  test("sixteen visitors make four teams of four with four visits each, and nothing is unmet", () => {
    const plan = draftSchedule(aDay());

    expect(plan.teams.map((team) => team.members.length)).toEqual([4, 4, 4, 4]);
    expect(plan.slots.length).toBe(16);
    expect(plan.findings).toEqual([]);
  });

  test("every classroom is visited before one is visited twice", () => {
    const visited = draftSchedule(aDay()).slots.map((slot) => slot.classroomId);

    expect(new Set(visited).size).toBe(12);
  });

  test("each team has two spare numbers that nothing else has", () => {
    const { teams } = draftSchedule(aDay({ takenNumbers: [14] }));

    expect(teams.flatMap((team) => team.spareNumbers)).toEqual([15, 16, 17, 18, 19, 20, 21, 22]);
  });

  test("with exactly as many visits as classrooms allow, every team still has four", () => {
    const plan = draftSchedule(aDay({ classrooms: classrooms(8) }));

    expect(plan.slots.length).toBe(16);
    expect(plan.findings).toEqual([]);
  });

  test("the order in which people and classrooms come changes nothing", () => {
    const day = aDay({ pastTeams: [["m01", "m02", "m03"]] });

    const other = {
      ...day,
      members: day.members.toReversed(),
      classrooms: day.classrooms.toReversed(),
    };

    expect(draftSchedule(other)).toEqual(draftSchedule(day));
  });

  test("forty people and sixteen classrooms are planned in less than a fifth of a second", () => {
    const members = Array.from({ length: 40 }, (_, index) => ({
      ...aMember(index, 14),
      position: POSITIONS[index % POSITIONS.length] ?? null,
    }));
    const pastTeams = Array.from({ length: 60 }, (_, round) =>
      [0, 1, 2, 3].map((seat) => aMember((round * 7 + seat * 11) % 40).id),
    );
    const day = aDay({ members, pastTeams, classrooms: classrooms(16) });
    const took = Math.min(
      ...[1, 2, 3].map(() => {
        const begun = performance.now();
        draftSchedule(day);
        return performance.now() - begun;
      }),
    );

    const plan = draftSchedule(day);

    console.info(`a day of 40 people and 16 classrooms: ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(200);
    expect(plan.teams.flatMap((team) => team.members).length).toBe(40);
  });
});

describe("who visits with whom", () => {
  test("people of one school are in different teams", () => {
    const members = Array.from({ length: 16 }, (_, index) => aMember(index, 4));

    const plan = draftSchedule(aDay({ members }));

    expect(plan.findings.filter(({ key }) => key.endsWith("work_together"))).toEqual([]);
  });

  test("a superintendent is apart from the principals of the district", () => {
    const members = [
      ...Array.from({ length: 12 }, (_, index) => aMember(index, 12)),
      {
        id: "chief",
        schoolId: null,
        districtId: "d1",
        position: "superintendent",
      },
    ];

    const { teams } = draftSchedule(aDay({ members }));

    const withChief = teams.find((team) => team.members.includes("chief"))?.members ?? [];
    const districts = members
      .filter((member) => withChief.includes(member.id) && member.id !== "chief")
      .map((member) => member.districtId);
    expect(districts).not.toContain("d1");
  });

  test("nobody from the host school visits unless the lead says so", () => {
    const wishes = aDay({ hostSchoolId: "s1" });

    const usual = draftSchedule(wishes).teams.flatMap((team) => team.members);
    const allowed = draftSchedule({ ...wishes, hostSchoolVisits: true });

    expect(usual).not.toContain("m00");
    expect(allowed.teams.flatMap((team) => team.members)).toContain("m00");
  });

  test("people who visited together make new teams", () => {
    const first = draftSchedule(aDay());
    const again = draftSchedule(aDay({ pastTeams: first.teams.map((team) => team.members) }));

    expect(again.findings).toEqual([]);
  });

  test("districts are mixed", () => {
    const members = Array.from({ length: 16 }, (_, index) => ({
      id: `m${String(index).padStart(2, "0")}`,
      schoolId: `s${index}`,
      districtId: `d${Math.floor(index / 4)}`,
      position: "principal",
    }));

    const { teams } = draftSchedule(aDay({ members }));

    for (const team of teams) {
      const own = members.filter((member) => team.members.includes(member.id));
      expect(new Set(own.map((member) => member.districtId)).size).toBe(4);
    }
  });
});

describe("what cannot be met is said", () => {
  test("too few classrooms", () => {
    expect(keysOf(aDay({ classrooms: classrooms(3) }))).toContain("few_visits");
  });

  test("too few people for a team", () => {
    expect(keysOf(aDay({ members: [aMember(1), aMember(2)] }))).toEqual(["team_small"]);
  });

  test("a school with more people than there can be teams", () => {
    const members = Array.from({ length: 8 }, (_, index) => aMember(index, 1));

    expect(keysOf(aDay({ members }))).toContain("work_together");
  });

  test("a day without time", () => {
    expect(keysOf(aDay({ endsAt: "08:40" }))).toContain("few_visits");
    expect(draftSchedule(aDay({ members: [], classrooms: [] })).slots).toEqual([]);
  });
});

describe("a plan changed by hand", () => {
  const day = aDay();
  const plan = draftSchedule(day);
  const [first, ...rest] = plan.slots;
  if (first === undefined) throw new Error("no visit was drafted");
  const keys = (change: Partial<typeof first>, wishes: PlanWishes = day) =>
    checkSchedule(wishes, {
      teams: plan.teams,
      slots: [...rest, { ...first, ...change }],
    }).map(({ key }) => key.replace("rounds.plan_finding.", ""));

  test("a second team in a room at the same time", () => {
    const other = rest.find((slot) => slot.beginsAt === first.beginsAt);

    expect(keys({ classroomId: other?.classroomId ?? "" })).toContain("two_teams_at_once");
  });

  test("a visit into lunch, or after the day", () => {
    expect(keys({ beginsAt: "12:10" })).toEqual(["in_lunch", "outside_day"]);
  });

  test("a team in two places, or twice in one room", () => {
    const next = rest.find((slot) => slot.team === first.team);

    expect(keys({ beginsAt: next?.beginsAt ?? "" })).toContain("two_places");
    expect(keys({ classroomId: next?.classroomId ?? "" })).toContain("same_room_again");
  });

  test("a room outside the times when it is free", () => {
    const only = [{ begins: "10:00", ends: "11:00" }];
    const free = day.classrooms.map((room) =>
      room.id === first.classroomId ? { ...room, freeAt: only } : room,
    );

    expect(keys({}, { ...day, classrooms: free })).toEqual(["room_not_free"]);
  });

  test("somebody in two teams, in none, or of the host school", () => {
    const teams = plan.teams.map((team, index) =>
      index === 0
        ? {
            ...team,
            members: [...team.members.slice(1), plan.teams[1]?.members[0] ?? ""],
          }
        : team,
    );
    const gone = plan.teams[0]?.members[0];
    const twice = plan.teams[1]?.members[0];

    const found = checkSchedule({ ...day, hostSchoolId: "s5" }, { teams, slots: plan.slots });

    expect(found).toContainEqual({
      key: "rounds.plan_finding.in_two_teams",
      params: { member: twice },
    });
    expect(found).toContainEqual({
      key: "rounds.plan_finding.host_school",
      params: { member: "m04" },
    });
    expect(
      found.some(({ key, params }) => key.endsWith("in_no_team") && params["member"] === gone),
    ).toBe(gone !== "m04");
  });
});

describe("whatever is asked for", () => {
  const member = fc.record({
    schoolId: fc.option(fc.constantFrom("s1", "s2", "s3", "s4", "s5", "host")),
    districtId: fc.option(fc.constantFrom("d1", "d2", "d3")),
    position: fc.option(fc.constantFrom(...POSITIONS)),
  });
  const anyDay = fc
    .record({
      people: fc.array(member, { maxLength: 40 }),
      rooms: fc.array(fc.boolean(), { maxLength: 16 }),
      endsAt: fc.constantFrom("08:45", "10:30", "12:00", "15:00"),
      visitMinutes: fc.constantFrom(15, 20, 25),
      visitsPerTeam: fc.integer({ min: 1, max: 6 }),
      past: fc.array(fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 5 }), { maxLength: 8 }),
    })
    .map(({ people, rooms, past, ...day }) =>
      aDay({
        ...day,
        members: people.map((each, index) => ({ ...each, id: `m${index}` })),
        pastTeams: past.map((team) => team.map((index) => `m${index}`)),
        classrooms: rooms.map((morning, index) => ({
          id: `c${index}`,
          number: index + 1,
          ...(morning ? { freeAt: [{ begins: "08:30", ends: "10:30" }] } : {}),
        })),
      }),
    );

  const check = (holds: (day: PlanWishes, plan: ReturnType<typeof draftSchedule>) => void) =>
    fc.assert(
      fc.property(anyDay, (day) => holds(day, draftSchedule(day))),
      { numRuns: 150 },
    );

  test("no room has two teams at once, nor more than two visits, nor a visit when it is not free", () => {
    check((day, { slots }) => {
      for (const room of day.classrooms) {
        const visits = slots.filter((slot) => slot.classroomId === room.id);
        expect(visits.length).toBeLessThanOrEqual(2);
        expect(new Set(visits.map((slot) => slot.beginsAt)).size).toBe(visits.length);
        if (room.freeAt)
          for (const slot of visits) expect(minutes(slot.beginsAt)).toBeLessThan(630);
      }
    });
  });

  test("no team is in two rooms at once, in one room twice, at lunch, or out of the day", () => {
    check((day, { teams, slots }) => {
      teams.forEach((_, index) => {
        const visits = slots.filter((slot) => slot.team === index);
        expect(visits.length).toBeLessThanOrEqual(day.visitsPerTeam ?? 4);
        expect(new Set(visits.map((slot) => slot.beginsAt)).size).toBe(visits.length);
        expect(new Set(visits.map((slot) => slot.classroomId)).size).toBe(visits.length);
      });
      for (const { beginsAt, minutes: length } of slots) {
        const ends = minutes(beginsAt) + length;
        expect(ends).toBeLessThanOrEqual(minutes(day.endsAt));
        expect(ends <= 720 || minutes(beginsAt) >= 765).toBe(true);
      }
    });
  });

  test("everybody but the host school is in exactly one team, and no team is too large", () => {
    check((day, { teams }) => {
      const visitors = day.members
        .filter((each) => each.schoolId !== "host")
        .map((each) => each.id);
      expect(teams.flatMap((team) => team.members).sort()).toEqual(visitors.sort());
      for (const team of teams) expect(team.members.length).toBeLessThanOrEqual(5);
      if (visitors.length >= 6) {
        for (const team of teams) expect(team.members.length).toBeGreaterThanOrEqual(3);
      }
    });
  });

  test("whoever works together is named, and nothing is named that is not so", () => {
    check((day, { teams, findings }) => {
      const together = teams.flatMap((team) => {
        const people = day.members.filter((each) => team.members.includes(each.id));
        return people.flatMap((one, index) =>
          people.slice(index + 1).filter((other) => workForEachOther(one, other)),
        );
      });
      expect(findings.filter(({ key }) => key.endsWith("work_together")).length).toBe(
        together.length,
      );
      const hard =
        /two_teams|too_often|two_places|in_lunch|outside|not_free|in_two|in_no_team|host/;
      expect(findings.filter(({ key }) => hard.test(key))).toEqual([]);
    });
  });

  test("with room and time in plenty every team has all its visits", () => {
    const plenty = fc.record({
      people: fc.integer({ min: 3, max: 40 }),
      rooms: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(plenty, ({ people, rooms }) => {
        const members = Array.from({ length: people }, (_, index) => aMember(index));
        const enough = Math.max(4, Math.ceil(people / 3) * 3) + rooms;
        const plan = draftSchedule(aDay({ members, classrooms: classrooms(enough) }));
        expect(plan.slots.length).toBe(plan.teams.length * 4);
      }),
      { numRuns: 80 },
    );
  });
});

test("every finding has its words in both languages", () => {
  const source = readFileSync(resolve(ROOT, "pwa/src/domain/schedule-check.ts"), "utf8");
  const keys = [...source.matchAll(/finding\("([a-z_]+)"/g)].map(
    ([, what]) => `rounds.plan_finding.${what}`,
  );

  for (const language of ["en", "es"]) {
    const file = resolve(ROOT, `schemas/messages/${language}/rounds.json`);
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8")))).toEqual(
      expect.arrayContaining(keys),
    );
  }
  expect(keys.length).toBe(16);
});
