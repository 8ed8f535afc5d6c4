/** Bringing to the server what others handed over: in parts that it takes, and nothing is let go too soon. */
import { beforeEach, expect, test } from "vitest";
import { takeIn } from "../../../pwa/src/db/taking-in";
import { openOutbox, type Outbox } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import type { Change } from "../../../pwa/src/domain/registers";
import { bringHanded } from "../../../pwa/src/sync/handing";

const network = newId();
let outbox: Outbox;
/** How many changes each request held. */
let asked: number[];

beforeEach(() => {
  outbox = openOutbox(newId());
  asked = [];
});

/** A server that answers what this says of so many changes at once. */
function answering(statusOf: (count: number) => number): void {
  globalThis.fetch = ((_: unknown, { body }: { body: string }) => {
    const { changes } = JSON.parse(body) as { changes: unknown[] };
    asked.push(changes.length);
    const headers = { "Sync-Server": "1", "Content-Type": "application/json" };
    const status = statusOf(changes.length);
    return Promise.resolve(new Response(JSON.stringify({}), { status, headers }));
  }) as typeof fetch;
}

async function handed(count: number): Promise<Set<string>> {
  const changes = Array.from({ length: count }, () => ({ id: newId(), record: newId() }) as Change);
  await takeIn(outbox, network, changes);
  return new Set(changes.map(({ id }) => id));
}

test("what is too much at once goes in halves, and all of it goes", async () => {
  const ids = await handed(900);
  answering((count) => (count > 150 ? 413 : 200));

  expect(await bringHanded(outbox, network)).toEqual(ids);
});

test("one change that is too large for the server keeps no other back, and stays here", async () => {
  const ids = await handed(8);
  let refused = 0;
  answering((count) => (count > 1 || refused++ === 3 ? 413 : 200));

  const brought = await bringHanded(outbox, network);

  expect(brought.size).toBe(7);
  expect([...brought].every((id) => ids.has(id))).toBe(true);
});

test.each([401, 403, 404, 503])(
  "%i: nothing is let go, and nothing more is asked",
  async (status) => {
    await handed(900);
    answering(() => status);

    expect(await bringHanded(outbox, network)).toEqual(new Set());
    expect(asked).toEqual([400]);
  },
);

test("a portal that answers 200 has taken nothing in", async () => {
  await handed(2);
  globalThis.fetch = (() =>
    Promise.resolve(new Response("<html>", { status: 200 }))) as typeof fetch;

  expect(await bringHanded(outbox, network)).toEqual(new Set());
});
