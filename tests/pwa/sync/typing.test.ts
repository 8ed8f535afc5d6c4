import { expect, test } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const MINUTES = 20;
const KEYS_PER_SECOND = 10;
const SEED = "T: “Why?” S: because it is the same on both sides. ";

test("20 minutes at 10 keys a second with a lost reply each minute: few changes, the whole text", async () => {
  const server = new FakeServer();
  server.grant("ana", "own:ana");
  const tablet = await Tablet.open(server, "ana");
  const id = newId();
  let text = "";
  let owed = 0;
  let lost = 0;

  for (let key = 0; key < MINUTES * 60 * KEYS_PER_SECOND; key++) {
    text += SEED[key % SEED.length]!;
    tablet.now += 1000 / KEYS_PER_SECOND;
    await tablet.save("note", id, "own:ana", { text }, { editing: true });
    const second = (key + 1) / KEYS_PER_SECOND;
    if (second % 60 === 0) owed += 1;
    if (second % 5 !== 0) continue;
    const { how } = await tablet.push(owed > lost ? "lost_reply" : "none");
    if (how === "later") lost += 1;
  }
  await tablet.save("note", id, "own:ana", { text });
  await tablet.push();

  const applied = [...server.db.log.values()];
  expect(lost).toBeGreaterThan(15);
  expect(applied.length).toBeLessThanOrEqual(150);
  expect(applied.every((row) => row.status === "applied")).toBe(true);
  expect(tablet.book.setAside.value).toEqual([]);
  expect(applied.at(-1)?.body?.set).toEqual({ text });
  expect(tablet.texts(id)).toEqual([text]);
  expect(tablet.record("note", id)?.status).toBe("on_server");
}, 120_000);
