/** Today leads on to what comes after the rooms, once there is something of it. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import Today from "../../../../pwa/src/screens/today";
import { me } from "../../../../pwa/src/state/open-network";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

beforeEach(async () => {
  await aNotebook();
  const visits_on = new Date().toISOString().slice(0, 10);
  await save("round", ROUND, `round:${ROUND}`, { title: "Sample School", visits_on });
});
afterEach(cleanup);

const hrefs = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));

test("before the visits there is nothing to review and no debrief to go to", () => {
  render(<Today />);

  expect(hrefs()).toEqual([`/rounds/${ROUND}`]);
});

test("who wrote goes on to the review, and everybody to a debrief that has begun", async () => {
  await save("note", newId(), `own:${MEMBER}`, { round: ROUND, text: "two columns" });
  await save("debrief", derivedId(ROUND, "debrief"), `round:${ROUND}`, { phase: "analyze" });

  render(<Today />);

  expect(hrefs()).toEqual([
    `/rounds/${ROUND}/review`,
    `/rounds/${ROUND}/debrief`,
    `/rounds/${ROUND}`,
  ]);
});

test("a debrief that is closed leads everybody to its return summary instead", async () => {
  const closed = { phase: "next_level", closed_at: "2026-11-05T20:30:00Z" } as const;
  await save("debrief", derivedId(ROUND, "debrief"), `round:${ROUND}`, closed);

  render(<Today />);

  expect(hrefs()).toEqual([`/rounds/${ROUND}/summary`, `/rounds/${ROUND}`]);
});

test("whoever leads opens the debrief from here on the day", async () => {
  const mine = me.value!;
  me.value = {
    ...mine,
    memberships: mine.memberships.map((membership) => ({ ...membership, roles: ["lead"] })),
  };

  render(<Today />);

  expect(hrefs()).toEqual([`/rounds/${ROUND}/debrief`, `/rounds/${ROUND}`]);
});
