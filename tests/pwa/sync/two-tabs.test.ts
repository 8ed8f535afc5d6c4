import { beforeEach, expect, test } from "vitest";
import { readChanges } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { alone } from "../../../pwa/src/sync/leader";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const OWN = "own:ana";
let server: FakeServer;
let left: Tablet;
let right: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", OWN);
  left = await Tablet.open(server, "ana");
  right = await Tablet.open(server, "ana");
});

const waiting = async () => (await readChanges(left.outbox, "net")).waiting;

test("what one tab saves the other shows, once told", async () => {
  const id = newId();
  await left.save("note", id, OWN, { text: "typed left" });

  await right.refresh([id]);

  expect(right.texts(id)).toEqual(["typed left"]);
  expect(right.book.waiting.value.count).toBe(1);
});

test("a tab that was not told yet does not type over the other's words", async () => {
  const id = newId();
  await left.save("note", id, OWN, { text: "draft" });
  await right.refresh([id]);
  await left.save("note", id, OWN, { text: "draft, longer" });

  await right.save("note", id, OWN, { text: "draft, differently" });
  await left.refresh([id]);
  await right.refresh([id]);

  expect(left.texts(id).sort()).toEqual(["draft, differently", "draft, longer"]);
  expect(right.shown(["note"])).toBe(left.shown(["note"]));
});

test("a change that the other tab froze is not amended", async () => {
  const id = newId();
  await left.save("note", id, OWN, { text: "sent" });
  await right.refresh([id]);
  await left.push("lost_reply");

  await right.save("note", id, OWN, { text: "sent, and more" });

  expect((await waiting()).map((entry) => entry.change.set["text"])).toEqual([
    "sent",
    "sent, and more",
  ]);
  await right.push();
  await left.refresh([id]);
  expect(left.texts(id)).toEqual(["sent, and more"]);
});

test("two tabs that send the same at once store it once", async () => {
  for (let i = 0; i < 20; i++) await left.save("note", newId(), OWN, { text: `note ${i}` });

  await Promise.all([left.push(), right.push()]);
  await left.push();

  expect(server.db.head).toBe(20);
  expect(await waiting()).toEqual([]);
});

test("only one round of sending runs at a time", async () => {
  let running = 0;
  let most = 0;
  const round = async () => {
    running += 1;
    most = Math.max(most, running);
    await left.pull();
    running -= 1;
  };

  await Promise.all([alone("ana", round), alone("ana", round), alone("ana", round)]);

  expect(most).toBe(1);
});
