import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listen, type Ear } from "../../../pwa/src/sync/live";

/** The browser's side of a stream: what the network does to it is up to the test. */
class Stream {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    Stream.opened.push(this);
  }

  private readonly named = new Map<string, (event: { data: string }) => void>();

  addEventListener(name: string, heard: (event: { data: string }) => void): void {
    this.named.set(name, heard);
  }

  tell(name: string, data: string): void {
    this.named.get(name)?.({ data });
  }

  close(): void {
    this.readyState = Stream.CLOSED;
  }

  say(value: unknown): void {
    this.onmessage?.({ data: typeof value === "string" ? value : JSON.stringify(value) });
  }

  refuse(): void {
    this.readyState = Stream.CLOSED;
    this.onerror?.();
  }
}

let visibility: DocumentVisibilityState;
let heads: number[];
let places: string[];
let ear: Ear;
let stop: () => void = () => undefined;
const isOpen = () => Stream.opened.filter((each) => each.readyState !== Stream.CLOSED);

function look(at: DocumentVisibilityState): void {
  visibility = at;
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal("EventSource", Stream);
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  visibility = "visible";
  Stream.opened = [];
  heads = [];
  places = [];
  ear = {
    ...{ person: "p", network: "net", random: () => 0.5 },
    readHead: () => Promise.resolve(7),
    hinted: (head) => void heads.push(head),
    places: (told) => void places.push(told),
  };
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const aMoment = () => vi.advanceTimersByTimeAsync(1);

test("a visible tab listens from the head that it has read", async () => {
  stop = listen(ear);
  await aMoment();

  expect(isOpen().map((each) => each.url)).toEqual(["/api/v1/live?network=net&head=7"]);
  isOpen()[0]!.say({ network: "net", head: 9 });
  expect(heads).toEqual([9]);
});

test("a hidden tab does not listen, and listens again when it is looked at", async () => {
  stop = listen(ear);
  await aMoment();
  look("hidden");
  expect(isOpen()).toHaveLength(0);

  look("visible");
  await aMoment();

  expect(isOpen()).toHaveLength(1);
});

test("one that is hidden before its stream is open opens none", async () => {
  stop = listen(ear);
  look("hidden");
  await aMoment();

  expect(Stream.opened).toEqual([]);
});

test("whoever is signed out hears nothing more", async () => {
  stop = listen(ear);
  await aMoment();

  stop();
  look("visible");
  await aMoment();

  expect(isOpen()).toHaveLength(0);
});

test("a stream that the server refuses is tried again, later and later", async () => {
  stop = listen(ear);
  await aMoment();
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    const since = Date.now();
    Stream.opened.at(-1)!.refuse();
    const count = Stream.opened.length;
    while (Stream.opened.length === count) await vi.advanceTimersByTimeAsync(100);
    waits.push(Date.now() - since);
  }

  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
});

test("a cut that the browser mends itself is left to it", async () => {
  stop = listen(ear);
  await aMoment();

  Stream.opened[0]!.onerror?.();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(Stream.opened).toHaveLength(1);
});

test("words of another network, or none of ours, are not hints", async () => {
  stop = listen(ear);
  await aMoment();

  isOpen()[0]!.say({ network: "another", head: 9 });
  isOpen()[0]!.say("<h1>Welcome</h1>");
  isOpen()[0]!.say({ network: "net", head: "9" });

  expect(heads).toEqual([]);
});

test("who is where is handed on as it was told, and forgotten when the stream is cut or left", async () => {
  stop = listen(ear);
  await aMoment();

  isOpen()[0]!.tell("here", '{"network":"net","here":[]}');
  isOpen()[0]!.onerror?.();
  isOpen()[0]!.tell("here", '{"network":"net","here":[{}]}');
  look("hidden");

  expect(places).toEqual(['{"network":"net","here":[]}', "", '{"network":"net","here":[{}]}', ""]);
  expect(heads).toEqual([]);
});

test("of two tabs one listens; when it is left the other does", async () => {
  let last: Promise<void> = Promise.resolve();
  const request = (_: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>) => {
    const before = last;
    const mine = before.then(() => (signal.aborted ? undefined : work()));
    last = mine;
    return mine;
  };
  vi.stubGlobal("navigator", { locks: { request } });

  const leave = listen(ear);
  stop = listen({ ...ear, network: "other" });
  await aMoment();
  expect(isOpen().map((each) => each.url)).toEqual(["/api/v1/live?network=net&head=7"]);

  leave();
  await aMoment();
  expect(isOpen().map((each) => each.url)).toEqual(["/api/v1/live?network=other&head=7"]);
});
