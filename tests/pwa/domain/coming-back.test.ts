/** Coming back: when a seal opens, which day is proposed, and who is reminded of an item. */
import { describe, expect, test } from "vitest";
import { isReminded, revisitDay, sealState } from "../../../pwa/src/domain/improvement";

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
