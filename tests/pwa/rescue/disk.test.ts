/** What the rescue page finds on a tablet, read from the databases that the app itself made. */
import { expect, test } from "vitest";
import { keep } from "../../../pwa/src/db/device";
import { rescueFile, type Account, type RescuedChange } from "../../../pwa/src/db/rescue-file";
import { hashOf } from "../../../pwa/src/domain/canonical";
import { newId } from "../../../pwa/src/domain/identifiers";
import type { Change } from "../../../pwa/src/domain/registers";
import { changesOf, lastAccount, waitingOfOthers } from "../../../pwa/src/rescue/disk";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const ana: Account = {
  person: { id: "ana", name: "Ana Sample" },
  memberships: [{ member_id: "ana", network: { id: "net", name: "North" } }],
};

async function found(person: string): Promise<RescuedChange[]> {
  const all: RescuedChange[] = [];
  for await (const batch of changesOf(person)) all.push(...batch);
  return all;
}

async function aTablet(name = "ana"): Promise<Tablet> {
  const server = new FakeServer();
  server.grant(name, `own:${name}`);
  return Tablet.open(server, name);
}

const textOf = ({ change }: RescuedChange) => (change["set"] as { text: string }).text;

test("everything that waits is found, word for word, in the order of writing", async () => {
  const tablet = await aTablet();
  const texts = ["T: “Why?” 😀", "two\nlines", "<b>&amp;</b>", "\u202eright to left"];
  for (const text of texts) await tablet.save("note", newId(), "own:ana", { text });

  const all = await found("ana");

  expect(all.map(textOf)).toEqual(texts);
  expect(all.map(({ state }) => state)).toEqual(texts.map(() => "waiting"));
});

test("more than one batch of them is found whole", async () => {
  const tablet = await aTablet();
  const texts = Array.from({ length: 450 }, (_, at) => `line ${at}`);
  await Promise.all(texts.map((text) => tablet.save("note", newId(), "own:ana", { text })));

  expect((await found("ana")).map(textOf)).toEqual(texts);
});

test("what the server has and the tablet still holds is found too, and said to be there", async () => {
  const tablet = await aTablet();
  await tablet.save("note", newId(), "own:ana", { text: "sent" });
  await tablet.push();
  await tablet.save("note", newId(), "own:ana", { text: "not sent" });

  const all = await found("ana");

  expect(all.map((one) => [one.state, textOf(one)])).toEqual([
    ["waiting", "not sent"],
    ["applied", "sent"],
  ]);
});

test("a change in the file has the hash that it is sent with", async () => {
  const tablet = await aTablet();
  await tablet.save("note", newId(), "own:ana", { text: "T: “Why?”" });
  const [one] = await found("ana");
  await tablet.push();

  const file = JSON.parse(rescueFile(ana, [one!], "1", new Date())) as {
    changes: RescuedChange[];
  };

  const [acknowledged] = tablet.server.db.log.values();
  expect(hashOf(file.changes[0]!.change as unknown as Change)).toBe(acknowledged!.hash);
});

test("the file says what it is, whose, and of which networks", () => {
  const now = new Date("2026-11-22T15:04:05.678Z");

  expect(JSON.parse(rescueFile(ana, [], "0.1.0", now))).toEqual({
    ...{ format: "rounds-rescue", version: 1, made_at: "2026-11-22T15:04:05Z", app: "0.1.0" },
    person: "ana",
    memberships: [{ network: "net", name: "North", member: "ana" }],
    changes: [],
  });
});

test("whoever is signed in is found, and after that whoever was last", async () => {
  expect(await lastAccount()).toBeNull();

  await keep("last_me", { person: { id: "ben" } });
  await keep("me", ana);
  expect(await lastAccount()).toMatchObject({ person: { id: "ana" }, signedOut: false });

  await keep("me", undefined);
  expect(await lastAccount()).toMatchObject({ person: { id: "ben" }, signedOut: true });
});

test("of other accounts a number is told, and no database is made by looking", async () => {
  const [mine, theirs] = [await aTablet("ana"), await aTablet("ben")];
  await mine.save("note", newId(), "own:ana", { text: "mine" });
  await theirs.save("note", newId(), "own:ben", { text: "theirs" });
  await theirs.save("note", newId(), "own:ben", { text: "theirs too" });

  expect(await waitingOfOthers("ana")).toBe(2);
  expect(await found("nobody")).toEqual([]);
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(
    "rounds-outbox-nobody",
  );
});
