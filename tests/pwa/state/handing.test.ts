/** Cards handed from tablet to tablet: the author's stay one with what their tablet sends. */
import { beforeEach, expect, test } from "vitest";
import { letGo, readHandedIn } from "../../../pwa/src/db/handed";
import { freezeForHand } from "../../../pwa/src/db/handing";
import { newOf, takeIn } from "../../../pwa/src/db/taking-in";
import { inTransaction } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const ROUND = "round:1";
let server: FakeServer;
let robin: Tablet;
let lead: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  for (const who of ["robin", "lead"]) server.grant(who, `own:${who}`, ROUND, "visitors:1");
  robin = await Tablet.open(server, "robin");
  lead = await Tablet.open(server, "lead");
});

const freeze = (tablet: Tablet) => freezeForHand(tablet.outbox, server.network, "1");

async function handOver(): Promise<number | null> {
  const taken = await takeIn(lead.outbox, server.network, await freeze(robin));
  await lead.refresh("everything");
  return taken;
}

async function post(text = "S: why"): Promise<string> {
  const card = newId();
  await robin.save("card", card, ROUND, { text, standing: "posted" });
  return card;
}

test("cards are seen where they were taken in, and are nobody's notes that wait there", async () => {
  const card = await post();

  expect(await handOver()).toBe(1);

  expect(lead.record("card", card)?.fields.text).toBe("S: why");
  expect(lead.record("card", card)?.status).toBe("on_tablet");
  expect(lead.book.waiting.value.count).toBe(0);
  await lead.restart();
  expect(lead.record("card", card)?.fields.text).toBe("S: why");
});

test("only what is handed over leaves: no note, no prediction, no other round", async () => {
  const card = await post();
  await robin.save("note", newId(), "own:robin", { text: "mine" });
  await robin.save("prediction", newId(), ROUND, { text: "still mine" });
  await robin.save("card", newId(), "round:2", { text: "another round" });

  expect((await freeze(robin)).map(({ record }) => record)).toEqual([card]);
});

test("what is typed after handing over is a change of its own, and the handed one stays", async () => {
  const card = await post("first");
  const [handed] = await freeze(robin);
  await robin.refresh("everything");

  await robin.save("card", card, ROUND, { text: "second", standing: "posted" });

  const after = await freeze(robin);
  expect(after).toHaveLength(2);
  expect(after[0]).toEqual(handed);
  expect(after[1]!.seen["text"]).toEqual([handed!.id]);
});

test("what of a file is new is said before anything is written", async () => {
  await post();
  const file = await freeze(robin);

  expect(await newOf(lead.outbox, file)).toHaveLength(1);
  expect(await readHandedIn(lead.outbox)).toEqual([]);
  await handOver();
  await post("S: and why not");
  const further = await freeze(robin);

  expect(await newOf(lead.outbox, file)).toEqual([]);
  expect(await newOf(lead.outbox, further)).toHaveLength(1);
  expect(await newOf(robin.outbox, file)).toBeNull(); // Robin's own.
});

test("a file that comes twice changes nothing, and the lead's tablet sends none of it", async () => {
  await post();
  await handOver();

  expect(await handOver()).toBe(0);
  await lead.push();

  expect(server.pushes.flat()).toEqual([]);
});

test.each([["author first"], ["lead first"]])(
  "when all come online a card is one, with what was agreed on it: %s",
  async (order) => {
    const card = await post();
    await handOver();
    await lead.save("card", card, ROUND, { standing: "agreed" });
    const both = order === "author first" ? [robin, lead] : [lead, robin];

    for (const tablet of [...both, ...both]) await tablet.sync();
    await letGo(lead.outbox, new Set((await readHandedIn(lead.outbox)).map((h) => h.change.id)));
    await lead.refresh("everything");

    for (const tablet of [robin, lead]) {
      expect(tablet.record("card", card)?.fields).toMatchObject({
        text: "S: why",
        standing: "agreed",
      });
      expect(tablet.record("card", card)?.status).toBe("on_server");
    }
    expect(lead.shown(["card"])).toBe(robin.shown(["card"]));
  },
);

test("a scope that a tablet no longer holds shows nothing of what was handed to it", async () => {
  const card = await post();
  await handOver();
  await lead.sync();

  server.grants.delete(`lead ${ROUND}`);
  await lead.sync();

  expect(lead.record("card", card)).toBeUndefined();
});

test("other words under an id that is here are refused, and the first stay", async () => {
  const card = await post();
  const [change] = await freeze(robin);
  await handOver();

  const forged = { ...change!, set: { ...change!.set, text: "not Robin's" } };
  const other = { ...change!, id: newId(), record: newId() };

  expect(await takeIn(lead.outbox, server.network, [other, forged])).toBe(null);
  expect((await readHandedIn(lead.outbox)).map((each) => each.change)).toEqual([change]);
  await lead.refresh("everything");
  expect(lead.record("card", card)?.fields.text).toBe("S: why");
});

test("a file that claims a change of one's own is refused, sent or not", async () => {
  await lead.save("card", newId(), ROUND, { text: "the lead's", standing: "posted" });
  const [mine] = await freeze(lead);
  const forged = { ...mine!, by: "robin", set: { ...mine!.set, text: "Robin's?" } };

  expect(await takeIn(lead.outbox, server.network, [forged])).toBe(null);
  await lead.push();
  expect(await takeIn(lead.outbox, server.network, [forged])).toBe(null);
});

test("a card that claims the place of a record to come takes nothing of it", async () => {
  const place = newId();
  await robin.save("card", place, ROUND, { text: "I am the debrief", standing: "posted" });
  await handOver();

  await lead.save("debrief", place, ROUND, { phase: "describe" });

  for (const reopened of [false, true]) {
    if (reopened) await lead.restart();
    expect(lead.record("debrief", place)).toMatchObject({ kind: "debrief", versions: {} });
    expect(lead.record("debrief", place)?.fields.phase).toBe("describe");
    expect(lead.book.memory.list("card").value).toEqual([]);
  }
});

test("a record is read again without the store of last words: a page that goes finds it free", async () => {
  const card = await post();
  await handOver();
  let isOver = false;
  const busy = inTransaction(lead.outbox, ["meta"], async (tx) => {
    while (!isOver) await tx.objectStore("meta").count();
  });

  await lead.refresh([card]);

  isOver = true;
  await busy;
  expect(lead.record("card", card)?.fields.text).toBe("S: why");
});
