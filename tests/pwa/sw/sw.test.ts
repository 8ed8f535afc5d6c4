/** The built service worker, in a browser's place: its size, and what it does with requests. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { build, type Rollup } from "vite";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { workerBuild } from "../../../pwa/build/precache";

const ORIGIN = "https://rounds.sample.test";
const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

const FILES: Record<string, string> = {
  "/index.html": "<p>app</p>",
  "/assets/app-1.js": "app()",
  "/opening.js": "opening()",
  "/rescue.html": "<p>rescue</p>",
  "/rescue.js": "rescue()",
};
const LIST = JSON.stringify(Object.entries(FILES).map(([url, body]) => [url, hash(body)]));

let code: string;

beforeAll(async () => {
  const config = workerBuild("dist", hash(LIST), "1.0.0");
  const built = await build({ ...config, build: { ...config.build, write: false } });
  const [output] = built as Rollup.RollupOutput[];
  code = (output!.output[0] as Rollup.OutputChunk).code;
}, 60_000);

type Answer = { body: string; status?: number; redirected?: boolean } | "down";

/** What a worker sees of a browser, as much as this one needs. */
class Browser {
  listeners = new Map<string, (event: never) => void>();
  answers = new Map<string, Answer>();
  notices: { title: string; options: { body: string; data: string } }[] = [];
  took = false;
  /** What the version that is in charge was told. */
  toldOld: unknown[] = [];

  constructor(readonly stores = new Map<string, Map<string, Response>>()) {
    for (const [url, body] of Object.entries(FILES)) this.answers.set(url, { body });
    this.answers.set("/precache.json", { body: LIST });
    const self = {
      addEventListener: (name: string, listener: (event: never) => void) =>
        this.listeners.set(name, listener),
      location: new URL(ORIGIN),
      skipWaiting: () => Promise.resolve((this.took = true)),
      clients: { claim: () => Promise.resolve(), matchAll: () => Promise.resolve([]) },
      registration: {
        active: { postMessage: (words: unknown) => this.toldOld.push(words) },
        showNotification: (title: string, options: never) =>
          Promise.resolve(void this.notices.push({ title, options })),
      },
    };
    const caches = { open: this.open, keys: this.keys, delete: this.drop };
    const given = {
      self,
      caches,
      fetch: this.fetch,
      crypto,
      URL,
      Response,
      TextEncoder,
      Error,
      AbortController,
    };
    vm.runInNewContext(code, { ...given, Uint8Array, Uint32Array, DataView, ArrayBuffer });
  }

  private open = (name: string) => {
    const store = this.stores.get(name) ?? new Map<string, Response>();
    this.stores.set(name, store);
    return Promise.resolve({
      match: (url: string) => Promise.resolve(store.get(url)?.clone()),
      put: (url: string, response: Response) => Promise.resolve(void store.set(url, response)),
    });
  };

  private keys = () => Promise.resolve([...this.stores.keys()]);
  private drop = (name: string) => Promise.resolve(this.stores.delete(name));

  private fetch = (input: string | { url: string }) => {
    const url = typeof input === "string" ? input : new URL(input.url).pathname;
    const answer = this.answers.get(url);
    if (answer === undefined || answer === "down") return Promise.reject(new TypeError("down"));
    const response = new Response(answer.body, { status: answer.status ?? 200 });
    Object.defineProperty(response, "redirected", { value: answer.redirected ?? false });
    return Promise.resolve(response);
  };

  /** Let an event happen; resolves when the worker says that it is done. */
  happen(name: string, more: object = {}): Promise<unknown> {
    let done: Promise<unknown> = Promise.resolve();
    const waitUntil = (promise: Promise<unknown>) => (done = promise);
    this.listeners.get(name)!({ waitUntil, ...more } as never);
    return done;
  }

  /** The worker's answer to a request; undefined when it leaves it to the browser. */
  async ask(path: string, { method = "GET", mode = "cors" } = {}): Promise<string | undefined> {
    let answer: Promise<Response> | undefined;
    const request = { url: new URL(path, ORIGIN).href, method, mode };
    const respondWith = (response: Promise<Response>) => (answer = response);
    await this.happen("fetch", { request, respondWith });
    return answer?.then((response) => response.text());
  }
}

let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

const page = { mode: "navigate" };

test("it is small enough to be held in the head, and carries no cache of records", () => {
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(15 * 1024);
  expect(readFileSync("src/sw/sw.ts", "utf8").split("\n").length).toBeLessThan(150);
  expect(code.toLowerCase()).not.toContain("dexie");
});

test("once installed the app opens with no network, on every address", async () => {
  await browser.happen("install");
  for (const url of browser.answers.keys()) browser.answers.set(url, "down");

  expect(await browser.ask("/", page)).toBe(FILES["/index.html"]);
  expect(await browser.ask("/rounds/7/visit/3", page)).toBe(FILES["/index.html"]);
  expect(await browser.ask("/rescue.html", page)).toBe(FILES["/rescue.html"]);
  expect(await browser.ask("/assets/app-1.js")).toBe("app()");
  expect(await browser.ask("/opening.js")).toBe("opening()");
});

test.each<[string, string, Answer]>([
  ["was redirected", "/assets/app-1.js", { body: "app()", redirected: true }],
  ["is another than was built", "/assets/app-1.js", { body: "<h1>Welcome to the Wi-Fi</h1>" }],
  ["is missing", "/rescue.html", { body: "", status: 404 }],
  ["does not come", "/index.html", "down"],
  ["list is another version's", "/precache.json", { body: "[]" }],
])("all files or none: an install whose file %s keeps nothing", async (_why, url, answer) => {
  browser.answers.set(url, answer);

  await expect(browser.happen("install")).rejects.toThrow();

  expect([...browser.stores.keys()]).toEqual([]);
});

test("it touches GET only, and never the API", async () => {
  await browser.happen("install");

  expect(await browser.ask("/api/v1/pull", { method: "POST" })).toBeUndefined();
  expect(await browser.ask("/", { method: "POST" })).toBeUndefined();
  expect(await browser.ask("/api/v1/me")).toBeUndefined();
  expect(await browser.ask("/open/what-a-host-gave", page)).toBeUndefined();
  expect(await browser.ask("https://elsewhere.sample.test/x.js")).toBeUndefined();
});

test("old versions go when this one takes over, and it takes over when asked alone", async () => {
  browser.stores.set("rounds-files-old", new Map());
  browser.stores.set("somebody-else", new Map());
  await browser.happen("install");
  expect(browser.took).toBe(false);
  expect(browser.stores.has("rounds-files-old")).toBe(true);

  await browser.happen("message", { data: "take_over" });
  await browser.happen("activate");

  expect(browser.took).toBe(true);
  expect([...browser.stores.keys()].sort()).toEqual([
    `rounds-files-${hash(LIST)}`,
    "rounds-rescue",
    "somebody-else",
  ]);
});

test("whoever takes over has the old version let go of what it holds, first", async () => {
  await browser.happen("install");
  expect(browser.toldOld).toEqual([]);

  await browser.happen("message", { data: "take_over" });

  expect(browser.toldOld).toEqual(["let_go"]);
});

test("the rescue page is kept apart from the app, and is there when the app's files are not", async () => {
  await browser.happen("install");
  browser.stores.delete(`rounds-files-${hash(LIST)}`);
  for (const url of browser.answers.keys()) browser.answers.set(url, "down");

  expect(await browser.ask("/rescue.html", page)).toBe(FILES["/rescue.html"]);
  expect(await browser.ask("/rescue.js")).toBe(FILES["/rescue.js"]);
});

test("a version that is not whole leaves the rescue page of the one before", async () => {
  await browser.happen("install");
  const newer = new Browser(browser.stores);
  newer.stores.delete(`rounds-files-${hash(LIST)}`);
  newer.answers.set("/rescue.html", { body: "<p>half</p>" });

  await expect(newer.happen("install")).rejects.toThrow();

  for (const url of newer.answers.keys()) newer.answers.set(url, "down");
  expect(await newer.ask("/rescue.html", page)).toBe(FILES["/rescue.html"]);
});

test("a push is shown in the words of its language", async () => {
  const notice = {
    title_key: "notices.debrief_opens.title",
    body_key: "notices.debrief_opens.body",
    language: "es",
    url: "/rounds/7/debrief",
  };
  await browser.happen("push", { data: { json: () => notice } });

  const folder = "../schemas/messages/es/notices.json";
  const words = JSON.parse(readFileSync(folder, "utf8")) as Record<string, string>;
  expect(browser.notices).toMatchObject([
    {
      title: words["notices.debrief_opens.title"],
      options: { body: words["notices.debrief_opens.body"], data: "/rounds/7/debrief" },
    },
  ]);
});
