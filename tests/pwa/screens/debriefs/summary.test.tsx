/** Rule 10 of the practice on screen: the host reads the return summary first, and opens it. */
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { derivedId, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";
import { showSummary } from "./summary-shown";

const SCOPE = `round:${ROUND}`;
const SUMMARY = derivedId(ROUND, "summary");
const CLOSED_AT = "2026-11-05T20:30:00Z";
const PROBLEM = "Our students finish what we set.";

beforeEach(async () => {
  localStorage.clear();
  await aNotebook();
  await save("round", ROUND, SCOPE, { title: "Sample" });
  await save("problem_of_practice", newId(), SCOPE, { text: PROBLEM });
  const closed = { phase: "next_level", closed_at: CLOSED_AT } as const;
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

test("before it is opened, a lead is told that nobody else reads it, and has words for the host", async () => {
  asLead();
  await shownTo("visitor");

  expect(screen.getByText(/^Only the host and the leads see this so far/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Copy a word to the host" })).toBeTruthy();
});

test("opened to the staff alone, a lead is told who reads it and nothing of a lock", async () => {
  asLead();
  await save("return_summary", SUMMARY, SCOPE, { "opened/school": true });
  await shownTo("visitor");

  const told = "The host has opened this to the school’s staff, with a link from the host.";
  expect(screen.getByText(told)).toBeTruthy();
  expect(screen.queryByText(/Only the host and the leads/)).toBeNull();
});

test("a name in the network's words is told at their field, with a way to leave it out", async () => {
  asLead();
  await save("return_summary", SUMMARY, SCOPE, { network_words: "Thank you, Placeholder." });
  await shownTo("visitor");

  expect(screen.getByText(/others read nothing of this text/).textContent).toContain("Placeholder");
  fireEvent.click(screen.getByRole("button", { name: "Replace with [name left out]" }));
  await waitFor(() => expect(screen.queryByText(/others read nothing of this text/)).toBeNull());
  expect(record("return_summary", SUMMARY).peek()?.fields.network_words).toBe(
    "Thank you, [name left out].",
  );
});

test("a switch that waits for the words above says so, and cannot be pressed", async () => {
  await save("return_summary", SUMMARY, SCOPE, { thanks: "Thank you, Placeholder." });
  await shownTo("host");

  const switches = screen.getAllByRole<HTMLInputElement>("switch");
  expect(switches.map((each) => each.disabled)).toEqual([true, true, true, true]);
  expect(
    screen.getAllByText(/^Cannot be turned on yet: first go through “Words to look at”/),
  ).toHaveLength(4);
});

async function aHost(): Promise<void> {
  await save("participant", newId(), SCOPE, { member: newId(), "roles/host": true });
}

const remind = () =>
  screen.getByRole<HTMLButtonElement>("button", { name: "Remind the host to read it" });

test("a lead reminds the host once a day, and sees when the last reminder went", async () => {
  asLead();
  await aHost();
  await shownTo("visitor");

  fireEvent.click(remind());

  await screen.findByText(/^The host was last reminded .* You can remind them again from/);
  expect(remind().disabled).toBe(true);
  expect(record("return_summary", SUMMARY).peek()?.fields.reminded_at).toBeTruthy();
});

test("a day later the host may be reminded again", async () => {
  asLead();
  await aHost();
  const reminded_at = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await save("return_summary", SUMMARY, SCOPE, { reminded_at });
  await shownTo("visitor");

  expect(screen.getByText(/^The host was last reminded [^.]*\.$/)).toBeTruthy();
  expect(remind().disabled).toBe(false);
});

test("where nobody is host there is nobody to remind, and it is said where one is named", async () => {
  asLead();
  await shownTo("visitor");

  expect(screen.queryByRole("button", { name: "Remind the host to read it" })).toBeNull();
  expect(screen.getByText(/^Nobody is named as host of this round yet/)).toBeTruthy();
});

test("opened by the host and changed since, the host may be reminded of what waits", async () => {
  asLead();
  await aHost();
  await save("return_summary", SUMMARY, SCOPE, OPENED);
  await shownTo("visitor");
  expect(screen.queryByText("Remind the host to read it")).toBeNull();

  await save("return_summary", SUMMARY, SCOPE, { network_words: LATER });

  await waitFor(() => expect(remind().disabled).toBe(false));
});

test("an audience that waits for the host to open it anew is said to read nothing", async () => {
  await save("return_summary", SUMMARY, SCOPE, OPENED);
  const anew = "2026-11-06T20:30:00Z";
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { closed_at: anew });
  await shownTo("host");

  const network = screen.getByRole("switch", { name: "The network" });
  expect(network.closest("label")!.textContent).toContain(
    "Nobody reads it until you press “Open it as it stands now” above.",
  );
});

const OPENED = {
  ...{ network_words: "As the host opened it.", network_words_as_opened: "As the host opened it." },
  ...{ closing_as_opened: CLOSED_AT, "opened/network": true },
} as const;
const LATER = "Written later.";

function pageOf(): string {
  return document.querySelector(".print-sheet")!.textContent;
}

test("what a lead changes after the host opened it reaches no member before the host", async () => {
  await save("return_summary", SUMMARY, SCOPE, OPENED);
  await save("return_summary", SUMMARY, SCOPE, { network_words: LATER });
  await shownTo("visitor");

  expect(pageOf()).toContain("As the host opened it.");
  expect(document.body.textContent).not.toContain(LATER);
});

test("a lead is told at the field what others go on reading", async () => {
  asLead();
  await save("return_summary", SUMMARY, SCOPE, OPENED);
  await shownTo("visitor");
  expect(screen.getAllByText(/What you change here the host reads first/)).toHaveLength(2);

  await save("return_summary", SUMMARY, SCOPE, { network_words: LATER });

  const told = await screen.findByText(/^Changed since the host opened it/);
  expect(told.parentElement!.textContent).toContain("Others read: As the host opened it.");
});

test("the host is shown what changed since, and it goes out once the host opens it again", async () => {
  await save("return_summary", SUMMARY, SCOPE, OPENED);
  await save("return_summary", SUMMARY, SCOPE, { network_words: LATER });
  await shownTo("host");
  expect(screen.getByText(/words have changed since you opened this/)).toBeTruthy();
  expect(screen.getByText(/^Others read:/).parentElement!.textContent).toContain("As the host");

  fireEvent.click(screen.getByRole("button", { name: "Open it as it stands now" }));

  await waitFor(() => expect(screen.queryByText(/words have changed since you/)).toBeNull());
  const { network_words_as_opened } = record("return_summary", SUMMARY).peek()!.fields;
  expect(network_words_as_opened).toBe(LATER);
});

test("opening it keeps what the host had before their eyes", async () => {
  await save("return_summary", SUMMARY, SCOPE, { network_words: "Read by the host." });
  await shownTo("host");

  fireEvent.click(screen.getByRole("switch", { name: "The network" }));

  await waitFor(() => {
    const { fields } = record("return_summary", SUMMARY).peek()!;
    expect([...fields.opened]).toEqual(["network"]);
    expect(fields.network_words_as_opened).toBe("Read by the host.");
    expect(fields.closing_as_opened).toBe(CLOSED_AT);
  });
});

test("a debrief that was closed anew is read by its host before anybody else", async () => {
  const another = "2026-11-04T20:30:00Z";
  await save("return_summary", SUMMARY, SCOPE, { ...OPENED, closing_as_opened: another });

  expect(await shownTo("visitor")).toBe(false);
});
