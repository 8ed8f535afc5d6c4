/** The page that returns to the host: thanks first, the host's words beside the network's. */
import { cleanup } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";
import { showSummary } from "./summary-shown";

const SCOPE = `round:${ROUND}`;
const MOMENT = "2026-11-24T20:42:00Z";
const WORDS = {
  thanks: "Thank you for your open doors.",
  network_words: "We saw a school that asks.",
  host_words: "We go on asking.",
};

beforeEach(async () => {
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, {
    ...{ phase: "next_level", sealed_at: MOMENT, closed_at: MOMENT },
  });
  await save("problem_of_practice", newId(), SCOPE, { text: "Who asks?" });
  const summary = { ...WORDS, "opened/network": true };
  await save("return_summary", derivedId(ROUND, "summary"), SCOPE, summary as never);
});

afterEach(cleanup);

function pageOf(): HTMLElement {
  return showSummary().querySelector<HTMLElement>(".print-sheet")!;
}

test("thanks are the first line of the page, on the screen and on paper", () => {
  const page = pageOf();

  expect(page.innerText.trim().startsWith(WORDS.thanks)).toBe(true);
  const [first] = page.querySelectorAll("p, h2, h3, li");
  expect(first!.textContent).toBe(WORDS.thanks);
  expect(first!.closest(".no-print")).toBeNull();
});

test("what the host adds stands beside the network's words, each under its own heading", () => {
  const page = pageOf();

  const headings = [...page.querySelectorAll("h2")];
  const under = Object.fromEntries(
    headings.map((each) => [each.textContent, each.closest("section")!.textContent]),
  );
  expect(under["From the network"]).toContain(WORDS.network_words);
  expect(under["From the host"]).toContain(WORDS.host_words);
  expect(under["From the network"]).not.toContain(WORDS.host_words);
});

test("what was agreed on without a day or anybody stands there, and says so", async () => {
  await save("prediction", newId(), SCOPE, { text: "I could say why.", agreed: true });
  await save("next_level_item", newId(), SCOPE, { text: "One why a task" });
  await save("next_level_item", newId(), SCOPE, { text: " " });

  const page = pageOf();

  const items = [...page.querySelectorAll("li")].map((each) => each.textContent);
  expect(items).toEqual(["One why a taskNobody has taken it on yet · No day to look back yet"]);
});

test("what is agreed on stands with what is started with first, then the nearer horizon", async () => {
  await save("prediction", newId(), SCOPE, { text: "I could say why.", agreed: true });
  await save("next_level_item", newId(), SCOPE, { text: "Later", horizon: "next_month", order: 1 });
  await save("next_level_item", newId(), SCOPE, { text: "Soon", horizon: "next_week", order: 2 });
  const first = { text: "First", horizon: "end_of_year", starts_first: true, order: 3 } as const;
  await save("next_level_item", newId(), SCOPE, first);

  const items = [...pageOf().querySelectorAll("li")].map((each) => each.firstChild?.textContent);

  expect(items).toEqual(["First", "Soon", "Later"]);
});
