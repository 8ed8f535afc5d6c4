/** The whole door after time went by: weeks in a drawer, a round taken away, rounds of long ago. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

type Door = typeof import("../../../pwa/src/state");

const DAY = 24 * 60 * 60_000;
const ROUND = "round:1";
let server: FakeServer;
let ben: Tablet;
let door: Door | null;

beforeEach(async () => {
  server = new FakeServer();
  for (const member of ["ana", "ben"]) server.grant(member, `own:${member}`, "network:net", ROUND);
  ben = await Tablet.open(server, "ben");
  await ben.save("card", "c1", ROUND, { text: "by ben" });
  await ben.push();
  server.session = null;
  globalThis.fetch = server.fetch as typeof fetch;
  door = null;
});

afterEach(async () => {
  await door?.stop();
  vi.restoreAllMocks();
});

/** The app is opened: a new page, the same databases. */
async function open(): Promise<Door> {
  await door?.stop();
  vi.resetModules();
  door = await import("../../../pwa/src/state");
  await door.start();
  return door;
}

async function signedIn(): Promise<Door> {
  const here = await open();
  await here.signIn("ana@sample.test", "right");
  return here;
}

/** The tablet's own clock goes on. */
function later(days: number): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + days * DAY);
}

const cards = (here: Door) => here.list("card").value.map((card) => card.fields.text);
const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), 3_000);

test("after weeks in a drawer others' words are hidden until the server answers again", async () => {
  const first = await signedIn();
  await until(() => cards(first).length === 1);
  await first.save("note", first.newId(), "own:ana", { text: "my own" });
  await until(() => first.waiting.value.count === 0 && first.link.value === "online");
  server.unreachable = true;

  later(36);
  const away = await open();
  await until(() => away.locked.value);

  expect(cards(away)).toEqual([]);
  await away.save("note", away.newId(), "own:ana", { text: "written while it is locked" });
  const own = away.list("note").value.map((note) => note.fields.text);
  expect(own.sort()).toEqual(["my own", "written while it is locked"]);
  server.unreachable = false;
  away.syncNow();
  await until(() => !away.locked.value && cards(away).length === 1);
  await until(() => away.waiting.value.count === 0);
});

test("a round that is taken away leaves the screen and the disk, and one's own words wait", async () => {
  const here = await signedIn();
  await until(() => cards(here).length === 1);
  server.unreachable = true;
  await here.save("card", here.newId(), ROUND, { text: "by ana, unsent" });
  server.revoke("ana", ROUND);
  server.unreachable = false;
  here.syncNow();

  await until(() => cards(here).length === 0 && here.setAside.value.length === 1);

  expect(here.scopes.value).not.toContain(ROUND);
  expect(await here.unsentCopy()).toContain("by ana, unsent");
  const again = await open();
  expect(cards(again)).toEqual([]);
  expect(again.setAside.value.map((held) => held.values)).toEqual([{ text: "by ana, unsent" }]);
});

test("a round of long ago is at hand a moment after it was asked for", async () => {
  server.archived = new Set([ROUND]);
  const here = await signedIn();
  await until(() => here.link.value === "online" && here.scopes.value.includes(ROUND));
  const again = await open();
  expect(cards(again)).toEqual([]);

  expect(again.isAtHand("1")).toBe(false);
  await until(() => again.isAtHand("1"));

  expect(cards(again)).toEqual(["by ben"]);
  expect(again.isAtHand("another")).toBe(true);
});

test("packs that cannot be read are told like any storage that cannot", async () => {
  server.archived = new Set([ROUND]);
  const here = await signedIn();
  await until(() => here.scopes.value.includes(ROUND));
  const again = await open();
  vi.spyOn(IDBIndex.prototype, "openCursor").mockImplementation(() => {
    throw new DOMException("gone", "UnknownError");
  });
  vi.spyOn(IDBIndex.prototype, "getAll").mockImplementation(() => {
    throw new DOMException("gone", "UnknownError");
  });

  expect(again.isAtHand("1")).toBe(false);

  await until(() => again.saveTrouble.value);
});
