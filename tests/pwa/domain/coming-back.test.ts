/** Coming back: when a seal opens, which day is proposed, and who is reminded of an item. */
import { describe, expect, test } from "vitest";
import {
  asksWhatBecame,
  isReminded,
  dayToLookBack,
  revisitDay,
  sealState,
} from "../../../pwa/src/domain/improvement";

describe("a seal", () => {
  const sealed = { sealed_at: "2026-11-12T20:42:00Z", opened_at: null, meets_on: "2027-02-12" };

  test("stays closed until the day of the revisit, and may be opened from then on", () => {
    expect(sealState(sealed, "2027-02-11")).toBe("sealed");
    expect(sealState(sealed, "2027-02-12")).toBe("due");
    expect(sealState(sealed, "2027-05-01")).toBe("due");
  });

  test("has no day to open on where nobody chose one", () => {
    expect(sealState({ ...sealed, meets_on: null }, "2027-05-01")).toBe("sealed");
  });

  test("stays open once it was opened, whatever day is chosen afterwards", () => {
    const opened = { ...sealed, opened_at: "2027-02-12T18:00:00Z", meets_on: "2027-06-01" };

    expect(sealState(opened, "2027-03-01")).toBe("opened");
  });

  test("is none where nothing was sealed", () => {
    expect(sealState({ ...sealed, sealed_at: null }, "2027-05-01")).toBe("none");
  });
});

test("the day proposed for a revisit is three months on, on the same day of the week", () => {
  expect(revisitDay("2026-11-13")).toBe("2027-02-12");
  expect(revisitDay("2028-01-31")).toBe("2028-05-01");
  expect(revisitDay("no day")).toBe("no day");
});

test("no day that is proposed falls on a weekend: it is the Monday after", () => {
  expect(revisitDay("2026-11-28")).toBe("2027-03-01");
  expect(revisitDay("2026-11-29")).toBe("2027-03-01");
  expect(dayToLookBack("next_week", "2026-11-29")).toBe("2026-12-14");
  expect(dayToLookBack("next_week", "2026-11-27")).toBe("2026-12-11");
});

describe("of an item are reminded", () => {
  const nobody = { me: "m1", isHost: false, isLead: false };
  const member = { taken_on_by: null, taken_on_by_member: "m1" };

  test("the member who took it on, and no other", () => {
    expect(isReminded(member, nobody)).toBe(true);
    expect(isReminded(member, { me: "m2", isHost: true, isLead: true })).toBe(false);
  });

  test("the host for the school's own roles, the lead for all others", () => {
    const school = { taken_on_by: "grade_teams", taken_on_by_member: null } as const;
    const network = { taken_on_by: "district_office", taken_on_by_member: null } as const;

    expect(isReminded(school, { ...nobody, isHost: true })).toBe(true);
    expect(isReminded(school, { ...nobody, isLead: true })).toBe(false);
    expect(isReminded(network, { ...nobody, isLead: true })).toBe(true);
    expect(isReminded(network, nobody)).toBe(false);
  });
});

describe("what became of an item is asked", () => {
  const plan = {
    text: "One why a task",
    horizon: "next_week",
    level: "school",
    taken_on_by: "coaches",
    taken_on_by_member: null,
    check_back_on: "2026-12-04",
    outcome: null,
    learned: "",
    of_use: null,
  } as const;
  const inDebrief = { today: "2026-11-27", isClosed: false };

  test("not while the debrief still agrees on it, however near its day is", () => {
    expect(asksWhatBecame(plan, inDebrief)).toBe(false);
  });

  test("once the debrief is closed, of what was agreed whole", () => {
    const closed = { ...inDebrief, isClosed: true };

    expect(asksWhatBecame(plan, closed)).toBe(true);
    expect(asksWhatBecame({ ...plan, level: null }, closed)).toBe(false);
  });

  test("from its day on, also of a debrief that nobody closed", () => {
    expect(asksWhatBecame(plan, { ...inDebrief, today: "2026-12-04" })).toBe(true);
  });

  test("wherever something was said of it already", () => {
    expect(asksWhatBecame({ ...plan, outcome: "doing" }, inDebrief)).toBe(true);
  });
});
