/**
 * Updates ask and never interrupt: a new version waits until the person says so, and is not
 * even offered while an editor is open or something is not on disk yet.
 */
import { computed, effect, signal } from "@preact/signals";
import { editing } from "./state";

const CHECK_MS = 60 * 60_000;

const ready = signal<ServiceWorker | null>(null);
const tookOver = signal(false);

/** The person said yes; the old version may have a thing in hand yet, for seconds. */
export const updateComes = signal(false);

/** A new version is there and nobody is in the middle of a note. */
export const updateReady = computed(() => ready.value !== null && !editing.value);

/** The page opens again with the new version, but not under a note that was begun meanwhile. */
effect(() => {
  if (tookOver.value && !editing.value) location.reload();
});

/**
 * The person said yes: the new version takes over. One that another tab let in before, or that
 * a newer one replaced, has nothing left to take over: then the page opens again at once.
 */
export function applyUpdate(): void {
  const worker = ready.value;
  if (!worker || editing.value) return;
  updateComes.value = true;
  const look = () => {
    if (worker.state === "activated" || worker.state === "redundant") tookOver.value = true;
  };
  worker.addEventListener("statechange", look);
  navigator.serviceWorker.addEventListener("controllerchange", () => (tookOver.value = true));
  worker.postMessage("take_over");
  look();
}

/** The person asks for a new version; it is offered once it is here. */
export async function lookForUpdate(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
}

function follow(registration: ServiceWorkerRegistration): void {
  const { installing } = registration;
  installing?.addEventListener("statechange", () => {
    const isUpdate = navigator.serviceWorker.controller !== null;
    if (installing.state === "installed" && isUpdate) ready.value = registration.waiting;
  });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const WORKER = "/sw.js";

/**
 * The worker's address as our content security policy wants it where the browser knows
 * Trusted Types: made by a policy that knows this one address and no other.
 */
function workerAddress(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy("rounds-worker", { createScriptURL: () => WORKER });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

/** Install the service worker once the page is drawn, and look for new versions. */
export function watchForUpdates(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  void navigator.serviceWorker
    .register(workerAddress(), { updateViaCache: "none" })
    .then((registration) => {
      if (registration.waiting && navigator.serviceWorker.controller) {
        ready.value = registration.waiting;
      }
      // One may have been found before this was heard.
      follow(registration);
      registration.addEventListener("updatefound", () => follow(registration));
      const look = () => void registration.update().catch(() => undefined);
      setInterval(look, CHECK_MS);
      addEventListener("online", look);
    })
    .catch(() => undefined);
}
