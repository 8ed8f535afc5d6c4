import { beforeEach, expect, test } from "vitest";
import { Heartbeat, type Held } from "../../../pwa/src/sync/heartbeat";
import { FakeServer } from "../fake-server";

const MINUTE = 60_000;
const NOTHING: Held = { unsent: 0, oldestAt: null, setAside: 0, loss: null };
const TWO: Held = { unsent: 2, oldestAt: "2026-11-22T10:12:00Z", setAside: 1, loss: null };
const WHEN = { last_whole_at: "2026-11-22T10:12:00Z", noticed_at: "2026-11-22T10:40:00Z" };
let server: FakeServer;
let now: number;
let isVisible: boolean;
let clockAhead: number;
let heartbeat: Heartbeat;

beforeEach(() => {
  server = new FakeServer();
  server.session = "ana";
  globalThis.fetch = server.fetch as typeof fetch;
  now = 0;
  isVisible = true;
  clockAhead = 0;
  heartbeat = new Heartbeat({
    ...{ network: "net", version: "1.0" },
    now: () => now,
    clockAhead: () => clockAhead,
    isVisible: () => isVisible,
  });
});

test("it says how much waits since when, and nothing else", async () => {
  await heartbeat.beat(TWO);

  expect(server.beats).toEqual([
    {
      network: "net",
      unsent: 2,
      oldest_at: "2026-11-22T10:12:00Z",
      set_aside: 1,
      app_version: "1.0",
      persisted: null,
      free_space: null,
    },
  ]);
});

test("it is said at once when it changed, else every few minutes while the app is seen", async () => {
  await heartbeat.beat(NOTHING);
  await heartbeat.beat(NOTHING);
  expect(server.beats).toHaveLength(1);

  await heartbeat.beat(TWO);
  await heartbeat.beat(NOTHING);
  expect(server.beats.map((beat) => beat["unsent"])).toEqual([0, 2, 0]);

  now += 3 * MINUTE;
  isVisible = false;
  await heartbeat.beat(NOTHING);
  expect(server.beats).toHaveLength(3);
  isVisible = true;
  await heartbeat.beat(NOTHING);
  expect(server.beats).toHaveLength(4);
});

test("what was not heard is said again", async () => {
  server.faults = ["lost_request", "portal", "busy"];
  for (let i = 0; i < 4; i++) await heartbeat.beat(TWO);

  expect(server.beats).toHaveLength(1);
});

test("a tablet whose clock is wrong tells the time by the server's", async () => {
  clockAhead = -10 * MINUTE;

  await heartbeat.beat(TWO);

  expect(server.beats[0]!["oldest_at"]).toBe("2026-11-22T10:02:00Z");
});

test("that the storage was emptied is told by the server's clock, and whether it was heard", async () => {
  clockAhead = -10 * MINUTE;
  server.faults = ["lost_request"];
  const held = { ...NOTHING, loss: { ...WHEN, waiting: 2 } };

  const heard = [await heartbeat.beat(held), await heartbeat.beat(held)];

  expect(heard).toEqual([false, true]);
  expect(server.beats[0]!["emptied"]).toEqual({
    emptied_at: "2026-11-22T10:30:00Z",
    last_whole_at: "2026-11-22T10:02:00Z",
    lost: 2,
  });
});

test("storage that never answers holds nothing up, and is called unknown", async () => {
  const before = Object.getOwnPropertyDescriptor(navigator, "storage");
  const estimate = () => Promise.resolve({ quota: 1_000, usage: 400 });
  const persisted = () => Promise.reject(new Error("no"));
  Object.defineProperty(navigator, "storage", {
    value: { estimate, persisted },
    configurable: true,
  });
  try {
    await heartbeat.beat(NOTHING);
  } finally {
    if (before) Object.defineProperty(navigator, "storage", before);
    else delete (navigator as unknown as { storage?: unknown }).storage;
  }

  expect(server.beats[0]).toMatchObject({ persisted: null, free_space: 600 });
});
