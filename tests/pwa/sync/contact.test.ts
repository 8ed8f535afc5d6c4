import { beforeEach, expect, test } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { Contact } from "../../../pwa/src/sync/contact";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const DAY = 24 * 60 * 60_000;
const NOW = Date.UTC(2026, 10, 22);
let server: FakeServer;
let ana: Tablet;
let ben: Tablet;
let wall: number;
let steady: number;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", "own:ana", "network:net", "round:1");
  server.grant("ben", "own:ben", "network:net", "round:1");
  ana = await Tablet.open(server, "ana");
  ben = await Tablet.open(server, "ben");
  await ana.pull();
  wall = NOW;
  steady = 0;
});

const open = () => Contact.open(ana.cache, "net", { wall: () => wall, steady: () => steady });

/** The tablet is closed for so long, by its own clock; the page's begins anew. */
async function openedAfter(days: number): Promise<Contact> {
  wall += days * DAY;
  steady = 0;
  return open();
}

async function heardNow(): Promise<void> {
  const contact = await open();
  await contact.heard(NOW);
}

test("after 35 days without contact it is locked, and not before", async () => {
  await heardNow();

  expect(await (await openedAfter(34)).isLocked()).toBe(false);
  expect(await (await openedAfter(2)).isLocked()).toBe(true);
});

test("a contact opens it again", async () => {
  await heardNow();
  const contact = await openedAfter(40);
  expect(await contact.isLocked()).toBe(true);

  await contact.heard(wall);

  expect(await contact.isLocked()).toBe(false);
  expect(await (await openedAfter(1)).isLocked()).toBe(false);
});

test("a clock that is turned back gains nothing: what was seen to pass has passed", async () => {
  await heardNow();
  await (await openedAfter(30)).isLocked();
  wall -= 30 * DAY;
  const contact = await open();
  expect(await contact.isLocked()).toBe(false);

  steady += 6 * DAY;

  expect(await contact.isLocked()).toBe(true);
});

test("an open page counts by its steady clock while the tablet's stands still", async () => {
  await heardNow();
  const contact = await open();

  for (let day = 0; day < 36; day++) {
    steady += DAY;
    await contact.isLocked();
  }

  expect(await contact.isLocked()).toBe(true);
});

test("it is the server's clock that says when the contact was", async () => {
  wall = NOW + 100 * DAY;
  await heardNow();
  const contact = await open();

  expect(contact.clockAhead).toBe(-100 * DAY);
  expect(await contact.isLocked()).toBe(false);
});

test("locked, others' words are hidden; one's own stay, and a new note can be written", async () => {
  const theirs = newId();
  const mine = newId();
  const round = newId();
  server.grant("ana", `round:${round}`);
  server.grant("ben", `round:${round}`);
  await ben.save("round", round, `round:${round}`, { title: "Spring" });
  await ben.save("card", theirs, "round:1", { text: "by ben" });
  await ben.push();
  await ana.save("card", mine, "round:1", { text: "by ana" });
  const note = newId();
  await ana.save("note", note, "own:ana", { text: "my line" });
  await ana.sync();

  ana.book.lock(true);

  expect(ana.record("card", theirs)).toBeUndefined();
  expect(ana.record("card", mine)?.fields.text).toBe("by ana");
  expect(ana.texts(note)).toEqual(["my line"]);
  expect(ana.record("round", round)?.fields.title).toBe("Spring");
  const another = newId();
  await ana.save("note", another, "own:ana", { text: "written while locked" });
  expect(ana.texts(another)).toEqual(["written while locked"]);
  await ana.push();

  ana.book.lock(false);

  expect(ana.record("card", theirs)?.fields.text).toBe("by ben");
  await ana.pull();
  expect(ana.texts(another)).toEqual(["written while locked"]);
});

test("what is edited while others' words are hidden replaces none of them", async () => {
  const card = newId();
  await ana.save("card", card, "round:1", { text: "first" });
  await ana.sync();
  await ben.pull();
  await ana.save("card", card, "round:1", { text: "mine" });
  await ben.save("card", card, "round:1", { text: "theirs" });
  await ben.push();
  await ana.sync();
  ana.book.lock(true);
  expect(ana.record("card", card)?.fields.text).toBe("mine");

  await ana.save("card", card, "round:1", { text: "mine, again" });
  await ana.sync();
  ana.book.lock(false);

  const versions = ana.record("card", card)?.versions["text"]?.map((each) => each.value);
  expect([...(versions ?? [])].sort()).toEqual(["mine, again", "theirs"]);
});
