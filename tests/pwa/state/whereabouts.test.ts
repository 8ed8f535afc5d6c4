/** Saying where one is and seeing who else is there, through the whole door: and when neither is. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fake-server";

type Door = typeof import("../../../pwa/src/state");
type Whereabouts = typeof import("../../../pwa/src/state/whereabouts");
interface Said {
  record: string | null;
  writing: boolean;
}

/** The browser's side of the stream of hints. */
class Stream {
  static readonly CLOSED = 2;
  static newest: Stream;
  readyState = 1;
  onerror: (() => void) | null = null;
  private tell: (event: { data: string }) => void = () => undefined;

  constructor() {
    Stream.newest = this;
  }

  addEventListener(_: string, tell: Stream["tell"]): void {
    this.tell = tell;
  }

  places(...here: object[]): void {
    this.tell({ data: JSON.stringify({ network: "net", here }) });
  }

  close(): void {}
}

const GROUP = { round: "1", record: "g1", writing: true };
const BEN = { record: "g1", member: "ben", writing: true };
let server: FakeServer;
let said: Said[];
let door: Door;
let whereabouts: Whereabouts;
let visibility: DocumentVisibilityState;

beforeEach(async () => {
  server = new FakeServer();
  said = [];
  visibility = "visible";
  for (const member of ["ana", "ben"])
    server.grant(member, `own:${member}`, "network:net", "round:1");
  const answer = server.fetch as typeof fetch;
  globalThis.fetch = (input, init) => {
    if (!String(input).endsWith("/live/here")) return answer(input, init);
    said.push(JSON.parse(String(init?.body)) as Said);
    return Promise.resolve(new Response(null, { status: 204, headers: { "Sync-Server": "1" } }));
  };
  vi.stubGlobal("EventSource", Stream);
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  vi.resetModules();
  door = await import("../../../pwa/src/state");
  whereabouts = await import("../../../pwa/src/state/whereabouts");
  await door.start();
  await door.signIn("ana@sample.test", "right");
  await door.save("participant", "p1", "round:1", { member: "ana" });
  await door.save("participant", "p1", "round:1", { "roles/visitor": true });
  await vi.waitFor(() => expect(door.link.value).toBe("online"));
  await vi.waitFor(() => expect(Stream.newest).toBeDefined());
  startTimers();
});

function startTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
}

afterEach(async () => {
  vi.useRealTimers();
  await door.endPresenting().catch(() => undefined);
  await door.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);
const told = () => said.map(({ record, writing }) => [record, writing]);
const others = () => whereabouts.othersAt("g1").value;

function look(at: DocumentVisibilityState): void {
  visibility = at;
  document.dispatchEvent(new Event("visibilitychange"));
}

test("one says where one is, again every five seconds, and once that one left", async () => {
  const leave = whereabouts.beAt(GROUP);
  await pass(12);
  leave();
  await pass(12);

  expect(told()).toEqual([
    ["g1", true],
    ["g1", true],
    ["g1", true],
    [null, false],
  ]);
});

test("whoever runs from field to field says it twice a second at most", async () => {
  for (let field = 0; field < 40; field++) {
    const leave = whereabouts.beAt({ ...GROUP, record: `g${field}` });
    await pass(0.05);
    leave();
  }
  await pass(1);

  expect(said.length).toBeLessThanOrEqual(6);
  expect(told().at(-1)).toEqual([null, false]);
});

test("nothing is said of whoever looks at another app, or has not touched the tablet for long", async () => {
  whereabouts.beAt(GROUP);
  await pass(1);
  look("hidden");
  await pass(1);
  look("visible");
  await pass(1);
  expect(told()).toEqual([
    ["g1", true],
    [null, false],
    ["g1", true],
  ]);

  await pass(70);
  expect(told().at(-1)).toEqual([null, false]);
  const silent = said.length;
  await pass(60);
  expect(said).toHaveLength(silent);
  document.dispatchEvent(new Event("keydown", { bubbles: true }));
  await pass(1);
  expect(told().at(-1)).toEqual(["g1", true]);
});

test("while a room looks on, nothing is said and nobody is shown", async () => {
  whereabouts.beAt(GROUP);
  await pass(1);
  Stream.newest.places(BEN);
  expect(others()).toEqual([{ member: "ben", writing: true }]);

  vi.useRealTimers();
  await door.present("1");
  await vi.waitFor(() => expect(told().at(-1)).toEqual([null, false]));

  expect(others()).toEqual([]);
});

test("nobody is shown once the stream is cut, nor of another network", () => {
  Stream.newest.places(BEN);
  expect(others()).toHaveLength(1);

  Stream.newest.onerror?.();

  expect(others()).toEqual([]);
});

test("the host says nothing", async () => {
  vi.useRealTimers();
  await door.save("participant", "p1", "round:1", { "roles/visitor": false, "roles/host": true });
  startTimers();

  whereabouts.beAt(GROUP);
  await pass(1);

  expect(said).toEqual([]);
});
