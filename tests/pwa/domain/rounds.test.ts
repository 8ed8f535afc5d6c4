/** What of a plan is ready, what comes next for whom, and which number a classroom goes by. */
import { describe, expect, test } from "vitest";
import {
  addMinutes,
  byDate,
  dateIn,
  followJoins,
  freeNumbers,
  freeSpare,
  nextAct,
  readiness,
  timeIn,
  whenIs,
  type Asked,
  type Plan,
  type PlannedClassroom,
  type PlannedSlot,
} from "../../../pwa/src/domain/rounds";

function aClassroom(part: Partial<PlannedClassroom> = {}): PlannedClassroom {
  const bare = {
    number: 1,
    grade_band: "6_8",
    subject: "math",
    spare_of: null,
    joined_to: null,
  };
  return { id: "v1", ...bare, ...part };
}

function aSlot(part: Partial<PlannedSlot> = {}): PlannedSlot {
  const whole = {
    team: "t1",
    classroom: "v1",
    begins_at: "09:05",
    minutes: 20,
    skipped: false,
  };
  return { id: "s1", ...whole, ...part };
}

function aPlan(part: Partial<Plan> = {}): Plan {
  return {
    day: {
      visits_on: "2026-11-12",
      begins_at: "08:00",
      ends_at: "15:00",
      address: "1 Sample Street",
      entrance: "Main door",
    },
    problem: "Students wait for help.",
    theories: 1,
    questions: 2,
    classrooms: [aClassroom()],
    visitors: 4,
    hosts: 1,
    teams: 1,
    slots: [aSlot()],
    norms: 8,
    agreed: 0,
    ...part,
  };
}

function stateOf(part: string, plan: Plan) {
  return readiness(plan).find((each) => each.part === part);
}

function asked(part: Partial<Asked> = {}): Asked {
  return {
    plans: false,
    visits: false,
    agreed: false,
    stage: "ready",
    when: "before",
    visiting: "ahead",
    unposted: false,
    debrief: "none",
    revisit: false,
    ...part,
  };
}

describe("what is ready", () => {
  test("a whole plan is ready in every part", () => {
    expect(readiness(aPlan()).filter((part) => !part.ready)).toEqual([]);
  });

  test("a day without an entrance says that the entrance is missing", () => {
    const day = { ...aPlan().day, entrance: "  " };

    expect(stateOf("day", aPlan({ day }))).toMatchObject({
      ready: false,
      fields: ["entrance"],
    });
  });

  test("a classroom without grades or subject is counted in words", () => {
    const classrooms = [aClassroom(), aClassroom({ id: "v2", number: 2, subject: null })];

    expect(stateOf("classrooms", aPlan({ classrooms }))).toMatchObject({
      key: "rounds.missing.bands",
      values: { count: 1 },
    });
  });

  test("spare and joined numbers need no grades", () => {
    const spare = aClassroom({
      id: "v2",
      number: 2,
      grade_band: null,
      spare_of: "t1",
    });
    const joined = aClassroom({
      id: "v3",
      number: 3,
      subject: null,
      joined_to: "v1",
    });

    expect(
      stateOf("classrooms", aPlan({ classrooms: [aClassroom(), spare, joined] })),
    ).toMatchObject({ ready: true, values: { count: 1 } });
  });

  test("a visit without a classroom keeps the schedule open", () => {
    const slots = [aSlot(), aSlot({ id: "s2", classroom: null })];

    expect(stateOf("schedule", aPlan({ slots }))).toMatchObject({
      ready: false,
    });
  });

  test("a round without a host says so before it asks for visitors", () => {
    expect(stateOf("people", aPlan({ hosts: 0, visitors: 0 }))?.key).toBe("rounds.missing.host");
  });
});

describe("what comes next", () => {
  test("a planner goes on planning until the plan is ready, and prints it then", () => {
    expect(nextAct(asked({ plans: true, stage: "planning" }))).toBe("plan");
    expect(nextAct(asked({ plans: true }))).toBe("print");
  });

  test("a visitor reads the norms first, then gets ready", () => {
    expect(nextAct(asked({ visits: true }))).toBe("norms");
    expect(nextAct(asked({ visits: true, agreed: true }))).toBe("ready");
  });

  test("on the day a visitor visits, and reviews after the last visit", () => {
    const today = asked({ visits: true, agreed: true, when: "today" });

    expect(nextAct(today)).toBe("visit");
    expect(nextAct({ ...today, visiting: "under_way" })).toBe("visit");
    expect(nextAct({ ...today, visiting: "over" })).toBe("review");
  });

  test("once visits run, the norms are no longer asked for", () => {
    const today = asked({ visits: true, when: "today" });

    expect(nextAct(today)).toBe("norms");
    expect(nextAct({ ...today, visiting: "under_way" })).toBe("visit");
    expect(nextAct({ ...today, visiting: "over" })).toBe("review");
  });

  test("a debrief that is open already keeps nobody from visits and from choosing notes", () => {
    const opened = asked({ visits: true, agreed: true, when: "today", debrief: "open" });

    expect(nextAct(opened)).toBe("visit");
    expect(nextAct({ ...opened, visiting: "over", unposted: true })).toBe("review");
    expect(nextAct({ ...opened, visiting: "over" })).toBe("debrief");
    expect(nextAct({ ...opened, when: "after", unposted: true })).toBe("review");
    expect(nextAct({ ...opened, when: "after" })).toBe("debrief");
  });

  test("whoever visits no classroom goes to an open debrief, and all to a closed one's summary", () => {
    const everybody = [asked({ plans: true, stage: "planning" }), asked()];
    const visitor = asked({ visits: true, agreed: true, when: "after", unposted: true });

    expect(everybody.map((one) => nextAct({ ...one, debrief: "open" }))).toEqual([
      "debrief",
      "debrief",
    ]);
    expect([...everybody, visitor].map((one) => nextAct({ ...one, debrief: "closed" }))).toEqual([
      "summary",
      "summary",
      "summary",
    ]);
    const due = { debrief: "closed", revisit: true } as const;
    expect([...everybody, visitor].map((one) => nextAct({ ...one, ...due }))).toEqual([
      "revisit",
      "revisit",
      "revisit",
    ]);
  });

  test("on the day whoever plans has the schedule at hand, and opens the debrief after the visits", () => {
    const today = asked({ plans: true, when: "today" });

    expect(nextAct(today)).toBe("schedule");
    expect(nextAct({ ...today, visiting: "under_way" })).toBe("schedule");
    expect(nextAct({ ...today, visiting: "over" })).toBe("debrief");
    expect(nextAct({ ...today, visiting: "over", stage: "planning" })).toBe("debrief");
    expect(nextAct(asked({ plans: true, when: "after" }))).toBe("debrief");
  });

  test("a guest reads the plan", () => {
    expect(nextAct(asked())).toBe("read");
  });
});

describe("days and hours", () => {
  test("the day is the network's own, not the device's", () => {
    const moment = new Date("2026-11-12T03:30:00Z");

    expect(dateIn("America/Denver", moment)).toBe("2026-11-11");
    expect(timeIn("America/Denver", moment)).toBe("20:30");
    expect(timeIn("UTC", new Date("2026-11-12T00:05:00Z"))).toBe("00:05");
  });

  test("upcoming rounds come nearest first, past ones latest first, undated ones last", () => {
    const on = (visits_on: string | null) => ({ fields: { visits_on } });
    const rounds = [
      on(null),
      on("2026-12-01"),
      on("2026-10-01"),
      on("2026-11-12"),
      on("2026-09-01"),
    ];

    const { upcoming, past } = byDate(rounds, "2026-11-12");

    expect(upcoming).toEqual([on("2026-11-12"), on("2026-12-01"), on(null)]);
    expect(past).toEqual([on("2026-10-01"), on("2026-09-01")]);
  });

  test("a date is before, today or after", () => {
    expect(whenIs(null, "2026-11-12")).toBe("undated");
    expect(whenIs("2026-11-13", "2026-11-12")).toBe("before");
    expect(whenIs("2026-11-12", "2026-11-12")).toBe("today");
    expect(whenIs("2026-11-11", "2026-11-12")).toBe("after");
  });

  test("minutes stay within the day", () => {
    expect(addMinutes("08:50", 25)).toBe("09:15");
    expect(addMinutes("23:50", 25)).toBe("23:59");
  });
});

describe("visit numbers", () => {
  test("a joined number goes by the last one in its line", () => {
    const classrooms = [
      aClassroom({ id: "a", joined_to: "b" }),
      aClassroom({ id: "b", joined_to: "c" }),
      aClassroom({ id: "c" }),
    ];

    expect(followJoins(classrooms, "a")?.id).toBe("c");
  });

  test("of two numbers joined to each other on two tablets the lower one stands for both", () => {
    const classrooms = [
      aClassroom({ id: "a", number: 5, joined_to: "b" }),
      aClassroom({ id: "b", number: 4, joined_to: "a" }),
    ];

    expect([followJoins(classrooms, "a")?.id, followJoins(classrooms, "b")?.id]).toEqual([
      "b",
      "b",
    ]);
  });

  test("a number joined to one that was removed stands for itself", () => {
    expect(followJoins([aClassroom({ joined_to: "gone" })], "v1")?.id).toBe("v1");
  });

  test("free numbers fill the holes first", () => {
    expect(freeNumbers([1, 3, null], 3)).toEqual([2, 4, 5]);
  });

  test("the spare number offered is the team's own, lowest and not yet used", () => {
    const classrooms = [
      aClassroom({ id: "v9", number: 9, spare_of: "t1" }),
      aClassroom({ id: "v8", number: 8, spare_of: "t1" }),
      aClassroom({ id: "v7", number: 7, spare_of: "t2" }),
    ];

    expect(freeSpare(classrooms, [aSlot({ classroom: "v8" })], "t1")?.id).toBe("v9");
    expect(freeSpare(classrooms, [], "t1")?.id).toBe("v8");
    expect(freeSpare(classrooms, [], "t3")).toBeUndefined();
  });
});
