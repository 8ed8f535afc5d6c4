/** Each check says what it tried; what cannot be tried, or never answers, is not guessed. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mayBeShared, tryDevice } from "../../../../pwa/src/screens/today/checks";
import { me } from "../../../../pwa/src/state/open-network";
import type { Me } from "../../../../pwa/src/state/types";

const MB = 2 ** 20;
const never = () => new Promise<never>(() => undefined);

beforeEach(() => {
  me.value = { person: { id: "ana" }, memberships: [] } as unknown as Me;
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
});

afterEach(() => {
  me.value = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Storage {
  getDirectory?: () => Promise<unknown>;
  estimate?: () => Promise<{ quota?: number; usage?: number }>;
  persisted?: () => Promise<boolean>;
  persist?: () => Promise<boolean>;
}

interface Engine {
  storage?: Storage | undefined;
  standalone?: boolean;
  userAgent?: string;
  maxTouchPoints?: number;
}

function withNavigator(more: Engine) {
  const plain = { userAgent: "", maxTouchPoints: 0, storage: undefined };
  vi.stubGlobal("navigator", { ...plain, ...more });
}

function answering(answer: Partial<Response> | Error): void {
  globalThis.fetch = () =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as Response);
}

test("the test line goes to disk and is read back", async () => {
  withNavigator({});

  expect((await tryDevice()).writes).toBe(true);
});

test("a disk that refuses is told", async () => {
  withNavigator({});
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  expect((await tryDevice()).writes).toBe(false);
});

test("a disk that takes a line and gives back another is told", async () => {
  withNavigator({});
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore) {
    return put.call(this, { key: "test_line", value: "something else" });
  });

  expect((await tryDevice()).writes).toBe(false);
});

test("without a storage manager nothing is said of room, keeping or privacy", async () => {
  withNavigator({ storage: undefined });

  expect(await tryDevice()).toEqual({ installed: false, kept: false, writes: true });
});

test("storage that never answers holds nobody up for more than two seconds", async () => {
  withNavigator({
    storage: { getDirectory: never, estimate: never, persisted: never, persist: never },
  });
  vi.useFakeTimers({ toFake: ["setTimeout"] });

  const trying = tryDevice();
  await vi.advanceTimersByTimeAsync(2_000);

  const found = await trying;
  expect(Object.keys(found)).not.toContain("lasting");
  expect(Object.keys(found)).not.toContain("room");
  expect(Object.keys(found)).not.toContain("own");
});

test.each([
  ["plenty of room", { quota: 900 * MB, usage: 100 * MB }, true],
  ["nearly full", { quota: 100 * MB, usage: 60 * MB }, false],
])("%s", async (_name, estimate, expected) => {
  withNavigator({ storage: { estimate: () => Promise.resolve(estimate) } });

  expect((await tryDevice()).room).toBe(expected);
});

test("a window that gets no folder of its own is private", async () => {
  const estimate = () => Promise.resolve({ quota: 900 * MB });
  const refuse = () => Promise.reject(new DOMException("no", "SecurityError"));
  withNavigator({ storage: { estimate, getDirectory: refuse } });
  expect((await tryDevice()).own).toBe(false);

  withNavigator({ storage: { estimate, getDirectory: () => Promise.resolve({}) } });
  expect((await tryDevice()).own).toBe(true);
});

test("so is one of Chromium's that gets less room than its memory", async () => {
  vi.stubGlobal("performance", { now: () => 0, memory: { jsHeapSizeLimit: 4096 * MB } });
  const estimate = () => Promise.resolve({ quota: 900 * MB });
  withNavigator({ storage: { estimate, getDirectory: () => Promise.resolve({}) } });

  expect((await tryDevice()).own).toBe(false);
});

test("the browser is asked to keep what is stored, and its answer is told", async () => {
  const persist = vi.fn(() => Promise.resolve(false));
  withNavigator({ storage: { persisted: () => Promise.resolve(false), persist } });
  expect((await tryDevice()).lasting).toBe(false);
  expect(persist).toHaveBeenCalledOnce();

  withNavigator({ storage: { persisted: () => Promise.resolve(true), persist } });
  expect((await tryDevice()).lasting).toBe(true);
  expect(persist).toHaveBeenCalledOnce();
});

test("our server's answer is one, a portal's is another, none at all is no trouble", async () => {
  withNavigator({});
  answering({ headers: new Headers({ "Sync-Server": "1" }) });
  expect((await tryDevice()).reach).toBe(true);

  answering({ headers: new Headers({ "Content-Type": "text/html" }) });
  expect((await tryDevice()).reach).toBe(false);

  answering(new TypeError("no network"));
  expect("reach" in (await tryDevice())).toBe(false);
});

test("an app on the home screen is installed, whichever way the engine says so", async () => {
  withNavigator({ standalone: true });
  expect((await tryDevice()).installed).toBe(true);

  withNavigator({});
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  expect((await tryDevice()).installed).toBe(true);
});

test("an iPad is told of guest sessions, also one that calls itself a Mac", () => {
  withNavigator({ userAgent: "Mozilla/5.0 (Macintosh)", maxTouchPoints: 5 });
  expect(mayBeShared()).toBe(true);

  withNavigator({ userAgent: "Mozilla/5.0 (Macintosh)", maxTouchPoints: 0 });
  expect(mayBeShared()).toBe(false);
});
