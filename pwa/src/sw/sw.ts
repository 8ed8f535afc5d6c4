/**
 * The service worker: the app opens with no network, every file of one version together.
 *
 * Touches GET only, never /api nor the pages of /open, and keeps no note: what waits to be sent is the outbox's.
 * A new version waits until the page says "take_over"; the browser then waits until the old one lets go.
 */
import { keep, readKept } from "../db/device";
import { sendInBackground } from "../sync/sender";

declare const self: ServiceWorkerGlobalScope;
declare const __VERSION__: string;
declare const __APP_VERSION__: string;
declare const __NOTICES__: Readonly<Record<string, Readonly<Record<string, string>>>>;

const PREFIX = "rounds-files-";
const FILES = PREFIX + __VERSION__;
/** Kept apart from the app's files: it is there when those are not. */
const RESCUE = "rounds-rescue";
const RESCUE_FILES = ["/rescue.html", "/rescue.js", "/rescue.css"];
const LIST = "/precache.json";
const SHELL = "/index.html";
/** Named once: what the build puts in place of a name, it puts in place of each. */
const NOTICES = __NOTICES__;

async function hashOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, 16);
}

/** A redirected or altered answer (a portal's, say) must never become part of the app. */
async function fetchWhole(url: string, hash: string): Promise<Response> {
  const response = await fetch(url, { cache: "no-cache", redirect: "error" });
  const isWhole = response.ok && !response.redirected;
  if (!isWhole || (await hashOf(response.clone())) !== hash) throw new Error(`not whole: ${url}`);
  return response;
}

/** All files or none: an app of two versions mixed is worse than the old one. */
async function keepFiles(): Promise<void> {
  const files = await caches.open(FILES);
  try {
    const list = await fetchWhole(LIST, __VERSION__);
    for (const [url, hash] of (await list.json()) as [url: string, hash: string][]) {
      if (!(await files.match(url))) await files.put(url, await fetchWhole(url, hash));
    }
    await keepRescue(files);
  } catch (error) {
    await caches.delete(FILES);
    throw error;
  }
}

/** The rescue page reads every outbox there ever was: the newest whole one serves all versions. */
async function keepRescue(files: Cache): Promise<void> {
  const rescue = await caches.open(RESCUE);
  for (const url of RESCUE_FILES) {
    const kept = await files.match(url);
    if (kept) await rescue.put(url, kept);
  }
}

async function dropOldFiles(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(names.filter((name) => name !== FILES).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A page that is no file of its own is the app; the app finds the way by itself. */
async function fromFiles(request: Request, url: string): Promise<Response> {
  const files = await caches.open(FILES);
  const kept = (await files.match(url)) ?? (await (await caches.open(RESCUE)).match(url));
  const page = request.mode === "navigate" ? await files.match(SHELL) : undefined;
  return kept ?? page ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));

self.addEventListener("activate", (event) => event.waitUntil(dropOldFiles()));

const lettingGo = new AbortController();
self.addEventListener("message", ({ data }) => {
  if (data === "let_go") lettingGo.abort();
  if (data !== "take_over") return;
  self.registration.active?.postMessage("let_go");
  void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (!/^\/(api|open)\//.test(pathname)) event.respondWith(fromFiles(request, pathname));
});

/** Background Sync, where it exists: a bonus that nothing relies on. */
self.addEventListener("sync" as "message", (event) => {
  const { tag } = event as unknown as { tag: string };
  if (tag === "send") event.waitUntil(sendInBackground(__APP_VERSION__, lettingGo.signal));
});

/** A push says which message, in which language, and where it leads; never a note's text. */
interface Notice {
  title_key?: string;
  body_key?: string;
  language?: string;
  url?: string;
  tag?: string;
}

/** Their keys stand here without the feature that all of them are of: build/precache.ts. */
function words(key: string | undefined, { language = "en" }: Notice): string {
  return (NOTICES[language] ?? NOTICES["en"])?.[key?.replace("notices.", "") ?? ""] ?? "";
}

self.addEventListener("push", (event) => {
  const notice = (event.data?.json() ?? {}) as Notice;
  const title = words(notice.title_key, notice) || "Rounds";
  const options: NotificationOptions = {
    body: words(notice.body_key, notice),
    icon: "/icon-192.png",
    data: notice.url ?? "/",
    ...(notice.tag ? { tag: notice.tag } : {}),
  };
  event.waitUntil(tellPerson(title, options));
});

/** While a room looks at this screen a notice waits (state/presenting.ts shows it after). */
async function tellPerson(title: string, options: NotificationOptions): Promise<void> {
  const shown = await readKept<{ held: unknown[] }>("presenting").catch(() => null);
  if (!shown) return self.registration.showNotification(title, options);
  shown.held.push({ title, options });
  await keep("presenting", shown);
}

async function openAt(path: string): Promise<void> {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const [open] = await self.clients.matchAll({ type: "window" });
  if (!open) await self.clients.openWindow(url.href);
  else await open.focus().then((client) => client.navigate(url.href));
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openAt(String(event.notification.data)));
});
