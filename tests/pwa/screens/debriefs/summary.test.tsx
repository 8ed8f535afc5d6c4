/** Rule 10 of the practice on screen: the host reads the return summary first, and opens it. */
import { cleanup, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";
import { showSummary } from "./summary-shown";

const SCOPE = `round:${ROUND}`;
const SUMMARY = derivedId(ROUND, "summary");
const PROBLEM = "Our students finish what we set.";

beforeEach(async () => {
  localStorage.clear();
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Sample" });
  await save("problem_of_practice", newId(), SCOPE, { text: PROBLEM });
  const closed = { phase: "next_level", closed_at: "2026-11-05T20:30:00Z" } as const;
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, closed);
});
afterEach(cleanup);

async function shownTo(role: "visitor" | "host") {
  const roles: Record<`roles/${string}`, boolean> = { [`roles/${role}`]: true };
  await save("participant", newId(), SCOPE, { member: MEMBER, ...roles });
  showSummary();
  return screen.queryByText(PROBLEM) !== null;
}

test("a visitor reads nothing of it before its host opens it to the network", async () => {
  expect(await shownTo("visitor")).toBe(false);
  expect(screen.getByText("The host reads it first, and opens it to you.")).toBeTruthy();
});

test("opened to the staff and the public alone, a visitor does not read it yet", async () => {
  await save("return_summary", SUMMARY, SCOPE, { "opened/school": true, "opened/public": true });

  expect(await shownTo("visitor")).toBe(false);
});

test("opened to the network, a visitor reads it and can open it to nobody", async () => {
  await save("return_summary", SUMMARY, SCOPE, { "opened/network": true });

  expect(await shownTo("visitor")).toBe(true);
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(screen.queryByRole("switch")).toBeNull();
});

test("the host reads it first, and opens it audience by audience", async () => {
  expect(await shownTo("host")).toBe(true);
  const audiences = [...screen.queryAllByRole("checkbox"), ...screen.queryAllByRole("switch")];
  expect(audiences).toHaveLength(4);
});
