import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { Watchman } from "../../../pwa/src/state/watchman";
import { DONE } from "../../../pwa/src/sync/sender";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const SETTLED_MS = 2_000;
let server: FakeServer;
let ana: Tablet;
let leaving: AbortController;
let watchman: Watchman;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", "own:ana", "network:net");
  ana = await Tablet.open(server, "ana");
  leaving = new AbortController();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  watchman = new Watchman(
    { network: "net", cache: ana.cache, version: "1" },
    ana.book,
    leaving.signal,
  );
});

afterEach(() => {
  leaving.abort();
  vi.useRealTimers();
});

const told = () => server.asked.filter((path) => path.endsWith("/devices/heartbeat")).length;

test("a save that leaves at once is no news: what is left is told once it has settled", async () => {
  await ana.save("note", newId(), "own:ana", { text: "x" });
  await watchman.after(Promise.resolve(DONE));
  await ana.push();
  await watchman.after(Promise.resolve(DONE));
  expect(told()).toBe(0);

  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  await vi.waitFor(() => expect(told()).toBe(1));
});

test("whoever signs out says nothing any more", async () => {
  await watchman.after(Promise.resolve(DONE));
  leaving.abort();

  await vi.advanceTimersByTimeAsync(SETTLED_MS);

  expect(told()).toBe(0);
});
