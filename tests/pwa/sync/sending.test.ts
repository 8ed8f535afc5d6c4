import { beforeEach, expect, test } from "vitest";
import { offerAgain, settle } from "../../../pwa/src/db/acknowledgements";
import { pickBatch } from "../../../pwa/src/db/batches";
import { readChanges } from "../../../pwa/src/db/outbox";
import { claimRequest } from "../../../pwa/src/db/witness";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const OWN = "own:ana";
let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", OWN, "network:net", "round:1");
  server.grant("ben", "own:ben", "network:net", "round:1");
  tablet = await Tablet.open(server, "ana");
});

const waitingIn = async (one: Tablet) => (await readChanges(one.outbox, "net")).waiting;
const keptIn = async (one: Tablet) => (await readChanges(one.outbox, "net")).acknowledged;
const appliedTexts = () =>
  [...server.db.log.values()]
    .filter((row) => row.status === "applied")
    .map((row) => row.body?.set["text"]);

async function aNote(one: Tablet, text: string, id = newId()): Promise<string> {
  await one.save("note", id, `own:${one.member}`, { text });
  return id;
}

test("a note goes to the server, and its author's second tablet reads it", async () => {
  const id = await aNote(tablet, 'T: "Why?"');
  expect(tablet.record("note", id)?.status).toBe("on_tablet");

  await tablet.push();
  expect(tablet.record("note", id)?.status).toBe("on_server");

  const second = await Tablet.open(server, "ana", "ana-2");
  await second.pull();
  expect(second.texts(id)).toEqual(['T: "Why?"']);
});

test("a portal's page, a lost reply and a busy server change nothing and lose nothing", async () => {
  const id = await aNote(tablet, "kept");

  expect(await tablet.push("portal")).toEqual({ how: "later", afterMs: null });
  expect(await tablet.push("proxy")).toEqual({ how: "later", afterMs: null });
  expect(await tablet.push("lost_request")).toEqual({
    how: "later",
    afterMs: null,
  });
  expect(await tablet.push("busy")).toEqual({ how: "later", afterMs: 7000 });
  expect(await tablet.push("lost_reply")).toEqual({
    how: "later",
    afterMs: null,
  });
  expect(tablet.record("note", id)?.status).toBe("on_tablet");

  expect(await tablet.push("twice")).toEqual({ how: "done" });
  expect(server.db.head).toBe(1);
  expect(tablet.record("note", id)?.status).toBe("on_server");
});

test("what was put into a request is never altered: the next key starts a change", async () => {
  const id = await aNote(tablet, "one");
  await tablet.push("lost_reply");

  await tablet.save("note", id, OWN, { text: "one two" });

  expect(await waitingIn(tablet)).toHaveLength(2);
  await tablet.push();
  expect(appliedTexts()).toEqual(["one", "one two"]);
  expect(tablet.texts(id)).toEqual(["one two"]);
});

test("what was never sent is amended in place", async () => {
  const id = await aNote(tablet, "o");
  await tablet.save("note", id, OWN, { text: "on" }, { editing: true });
  await tablet.save("note", id, OWN, { text: "one" });

  const [entry, ...others] = await waitingIn(tablet);

  expect(others).toEqual([]);
  expect(entry?.change.set).toEqual({ text: "one" });
});

test("another field, a resolve, a delete and an undo start changes of their own", async () => {
  const id = await aNote(tablet, "one");
  await tablet.save("note", id, OWN, { element: "teacher" });
  await tablet.save("note", id, OWN, { text: "two" }, { resolve: true });
  await tablet.book.remove("note", id);
  await tablet.book.restore("note", id);

  const sets = (await waitingIn(tablet)).map((entry) => entry.change.set);

  expect(sets).toEqual([
    { text: "one" },
    { element: "teacher" },
    { text: "two" },
    { deleted: true },
    { deleted: false },
  ]);
  expect(tablet.texts(id)).toEqual(["two"]);
});

test("an open editor's change waits for 5 s of idling or 30 s of typing", async () => {
  const id = newId();
  await tablet.save("note", id, OWN, { text: "typ" }, { editing: true });
  await tablet.push();
  expect(server.pushes).toHaveLength(0);

  tablet.now += 5_000;
  await tablet.push();
  expect(server.pushes).toHaveLength(1);

  for (let second = 0; second < 31; second++) {
    tablet.now += 1_000;
    await tablet.save("note", id, OWN, { text: `typing ${second}` }, { editing: true });
    await tablet.push();
  }
  expect(server.pushes).toHaveLength(2);
});

test("a closed editor's change goes at once", async () => {
  const id = newId();
  await tablet.save("note", id, OWN, { text: "typed" }, { editing: true });
  expect(tablet.book.editing.value).toBe(true);

  await tablet.book.closeEditor(id);
  await tablet.push();

  expect(tablet.book.editing.value).toBe(false);
  expect(appliedTexts()).toEqual(["typed"]);
});

test("an ack for another text is none", async () => {
  const id = await aNote(tablet, "mine");
  const batch = await pickBatch(tablet.outbox, "net", {
    ...{ now: tablet.now, limit: 500, version: "1", skip: new Set<string>() },
  });
  const result = {
    id: batch!.changes[0]!.id,
    sha256: "f".repeat(64),
    status: "applied",
    seq: 1,
  };
  const reply = {
    epoch: "e0",
    head: 1,
    chain: "x",
    results: [result as never],
  };

  await settle(tablet.outbox, "net", batch!.request, reply, {
    now: 0,
    version: "1",
  });
  await tablet.book.load();

  expect(await waitingIn(tablet)).toHaveLength(1);
  expect(tablet.record("note", id)?.status).toBe("on_tablet");
});

test("a reply to anything but the newest request is thrown away whole", async () => {
  await aNote(tablet, "mine");
  const picking = {
    now: tablet.now,
    limit: 500,
    version: "1",
    skip: new Set<string>(),
  };
  const batch = await pickBatch(tablet.outbox, "net", picking);
  await claimRequest(tablet.outbox, "net");

  const reply = { epoch: "e9", head: 7, chain: "lost history", results: [] };
  const context = { now: 0, version: "1" };
  const settled = await settle(tablet.outbox, "net", batch!.request, reply, context);

  expect(settled.belief).toBe("late");
  expect((await claimRequest(tablet.outbox, "net")).head).toBe(0);
});

test("too much at once is halved until it passes; a single change that cannot is held", async () => {
  const ids: string[] = [];
  for (let i = 0; i < 7; i++) ids.push(await aNote(tablet, `note ${i}`));
  const large = (await waitingIn(tablet))[3]!;
  server.widest = 2;
  server.tooLarge.add(large.id);

  await tablet.push();

  expect(appliedTexts().sort()).toEqual([0, 1, 2, 4, 5, 6].map((i) => `note ${i}`));
  expect(tablet.book.setAside.value).toMatchObject([
    { changeId: large.id, reason: "too_large", values: { text: "note 3" } },
  ]);
  expect(tablet.texts(ids[3]!)).toEqual(["note 3"]);
});

test("a change that makes its whole request unreadable is held and shown; the others go", async () => {
  for (const text of ["a", "b", "poison", "c", "d"]) await aNote(tablet, text);
  server.unreadable = "poison";

  expect(await tablet.push()).toEqual({ how: "done" });

  expect(appliedTexts().sort()).toEqual(["a", "b", "c", "d"]);
  expect(tablet.book.setAside.value).toMatchObject([
    { reason: "refused", values: { text: "poison" } },
  ]);
  const before = server.pushes.length;
  await tablet.push();
  expect(server.pushes).toHaveLength(before);

  server.unreadable = null;
  tablet.version = "2";
  await tablet.push();
  expect(appliedTexts()).toContain("poison");
});

test("a change over which the server stumbles delays no other", async () => {
  for (const text of ["a", "b", "poison", "c", "d"]) await aNote(tablet, text);
  server.stumbling = "poison";

  expect(await tablet.push()).toEqual({ how: "later", afterMs: null });

  expect(appliedTexts().sort()).toEqual(["a", "b", "c", "d"]);
  expect(await waitingIn(tablet)).toHaveLength(1);

  server.stumbling = null;
  expect(await tablet.push()).toEqual({ how: "done" });
  expect(appliedTexts()).toContain("poison");
});

test("what the server cannot read stays here, shown, and goes again after an update", async () => {
  const id = await aNote(tablet, "odd");
  const [entry] = await waitingIn(tablet);
  server.refusing.set(entry!.id, { reason: "shape", field: "text" });

  await tablet.push();
  await tablet.push();
  expect(server.pushes).toHaveLength(1);
  expect(tablet.book.setAside.value).toMatchObject([{ reason: "refused", field: "text" }]);
  expect(tablet.texts(id)).toEqual(["odd"]);

  server.refusing.clear();
  tablet.version = "2";
  await tablet.push();
  expect(appliedTexts()).toEqual(["odd"]);
});

test("a taken id is given up once, and the text goes under a new one", async () => {
  const id = await aNote(tablet, "mine");
  const [entry] = await waitingIn(tablet);
  server.refusing.set(entry!.id, { reason: "id_reuse", field: null });

  await tablet.push();

  expect(appliedTexts()).toEqual(["mine"]);
  expect(server.db.ids.has(entry!.id)).toBe(false);
  expect(tablet.texts(id)).toEqual(["mine"]);
});

test("a set-aside change leaves the view for the tray, and a retry sends the same id", async () => {
  const id = newId();
  await tablet.save("card", id, "round:2", { text: "early" });
  await tablet.push();
  const [held] = tablet.book.setAside.value;
  expect(held).toMatchObject({ reason: "access", values: { text: "early" } });
  expect(tablet.record("card", id)).toBeUndefined();

  server.grant("ana", "round:2");
  await offerAgain(tablet.outbox, held!.changeId);
  await tablet.push();

  expect(server.pushes.map((changes) => changes[0]?.id)).toEqual([held!.changeId, held!.changeId]);
  expect(tablet.book.setAside.value).toEqual([]);
  expect(tablet.record("card", id)?.fields.text).toBe("early");
  await tablet.pull();
  expect(tablet.record("card", id)?.fields.text).toBe("early");
});

test("a session that is over keeps everything, and writing goes on", async () => {
  const id = await aNote(tablet, "before");
  server.session = null;
  const reach = server.fetch;
  globalThis.fetch = ((...args: Parameters<typeof reach>) => {
    server.session = null;
    return reach(...args);
  }) as typeof fetch;
  const { outbox } = tablet;

  const { sendWaiting } = await import("../../../pwa/src/sync/sender");
  const moved = () => undefined;
  const now = () => tablet.now;
  const sending = {
    outbox,
    person: "ana",
    version: "1",
    network: "net",
    now,
    moved,
  };

  expect(await sendWaiting(sending)).toEqual({ how: "signed_out" });
  await tablet.save("note", id, OWN, { text: "after" });
  expect(tablet.texts(id)).toEqual(["after"]);
  await tablet.push();
  expect(tablet.record("note", id)?.status).toBe("on_server");
});

test("a change that is refused for its author is well: the session is not ours", async () => {
  const id = await aNote(tablet, "ana's own");
  const { outbox } = tablet;
  server.session = "ben";
  globalThis.fetch = server.fetch as typeof fetch;

  const { sendWaiting } = await import("../../../pwa/src/sync/sender");
  const now = () => tablet.now;
  const outcome = await sendWaiting({
    ...{ outbox, person: "ana", version: "1", network: "net", now, moved: () => undefined },
  });

  expect(outcome).toEqual({ how: "signed_out" });
  expect((await waitingIn(tablet)).map((entry) => entry.held)).toEqual([undefined]);
  await tablet.push();
  expect(tablet.record("note", id)?.status).toBe("on_server");
});

test("who was never a member is told 404, and keeps what was written", async () => {
  await aNote(tablet, "kept");
  const elsewhere = Object.assign(new FakeServer(), { network: "another" });
  server.network = "net";
  globalThis.fetch = elsewhere.fetch as typeof fetch;
  elsewhere.session = "ana";

  const { sendWaiting } = await import("../../../pwa/src/sync/sender");
  const { outbox } = tablet;
  const now = () => tablet.now;
  const outcome = await sendWaiting({
    ...{
      outbox,
      person: "ana",
      version: "1",
      network: "net",
      now,
      moved: () => undefined,
    },
  });

  expect(outcome).toEqual({ how: "not_ours" });
  expect(await waitingIn(tablet)).toHaveLength(1);
});

test("twelve hundred changes go in batches of at most 500", async () => {
  for (let i = 0; i < 1200; i++) void tablet.save("note", newId(), OWN, { text: `n ${i}` });
  await tablet.book.flush();

  await tablet.push();

  expect(server.pushes.map((changes) => changes.length)).toEqual([500, 500, 200]);
  expect(await keptIn(tablet)).toHaveLength(1200);
});

test("a batch stays below 2 MiB", async () => {
  for (let i = 0; i < 40; i++) {
    await tablet.save("note", newId(), OWN, { text: "é".repeat(32_000) });
  }

  await tablet.push();

  const sizes = server.pushes.map((changes) => Buffer.byteLength(JSON.stringify(changes)));
  expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
  expect(server.db.head).toBe(40);
});
