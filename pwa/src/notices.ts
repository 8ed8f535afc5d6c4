/**
 * Whether this browser may show notices, and telling the server so. The words of a notice
 * are the service worker's; nothing anybody wrote travels with one.
 *
 * Some browsers never answer `subscribe` where their maker's service cannot be reached, so
 * everything here is bounded in time.
 */
import { signal } from "@preact/signals";
import { me } from "./state";
import { request } from "./sync/api";

const PATIENCE_MS = 15_000;

export type Notices = "unknown" | "not_here" | "blocked" | "off" | "on";

export const notices = signal<Notices>("unknown");

function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

async function pushManager(): Promise<PushManager | null> {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager ?? null;
}

/** Look how things stand, for the switch to show. */
export async function lookAtNotices(): Promise<void> {
  const manager = await pushManager();
  if (!manager || !me.value?.vapid_public_key) notices.value = "not_here";
  else if (Notification.permission === "denied") notices.value = "blocked";
  else notices.value = (await inTime(manager.getSubscription())) ? "on" : "off";
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Ask the person, then the browser, then tell the server. Throws when it did not work. */
export async function switchOn(): Promise<void> {
  const manager = await pushManager();
  const key = me.value?.vapid_public_key;
  if (!manager || !key) return;
  if ((await Notification.requestPermission()) !== "granted") {
    notices.value = "blocked";
    return;
  }
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  const subscription = await inTime(manager.subscribe(options));
  await request<void>("POST", "/me/push-subscriptions", subscription.toJSON());
  notices.value = "on";
}

/** The server is told first: a browser that forgot could not say which address it was. */
export async function switchOff(): Promise<void> {
  const subscription = await (await pushManager())?.getSubscription();
  if (subscription) {
    const { endpoint } = subscription;
    await request<void>("DELETE", "/me/push-subscriptions", { endpoint });
    await subscription.unsubscribe();
  }
  notices.value = "off";
}
