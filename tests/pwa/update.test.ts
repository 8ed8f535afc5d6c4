/**
 * A new version asks, and opens once it may. Node has no service workers: what stands here is
 * the browser's side alone, as a page sees it.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitFor } from "@testing-library/preact";

class Worker extends EventTarget {
  readonly heard: unknown[] = [];
  constructor(public state: ServiceWorkerState = "installed") {
    super();
  }
  postMessage(words: unknown): void {
    this.heard.push(words);
  }
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null;
  waiting: Worker | null = null;
  update = () => Promise.resolve();
}

let registration: Registration;
const reload = vi.fn();

async function aPage() {
  vi.resetModules();
  const update = await import("../../pwa/src/update");
  update.watchForUpdates();
  return update;
}

beforeEach(() => {
  reload.mockClear();
  registration = new Registration();
  const container = Object.assign(new EventTarget(), {
    controller: new Worker("activated"),
    register: () => Promise.resolve(registration),
  });
  vi.stubEnv("DEV", false);
  vi.stubGlobal("location", { ...location, reload });
  Object.defineProperty(navigator, "serviceWorker", { value: container, configurable: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

test("a version found before anybody listened is offered, and says that it comes once pressed", async () => {
  const newer = (registration.installing = new Worker("installing"));
  const page = await aPage();
  await waitFor(() => expect(page.updateReady.value).toBe(false));

  registration.waiting = newer;
  newer.become("installed");
  expect(page.updateReady.value).toBe(true);
  page.applyUpdate();

  expect(newer.heard).toEqual(["take_over"]);
  expect(page.updateComes.value).toBe(true);
  expect(reload).not.toHaveBeenCalled();
  newer.become("activated");
  expect(reload).toHaveBeenCalledOnce();
});

test("a version that another tab let in before opens at the press", async () => {
  const newer = (registration.waiting = new Worker());
  const page = await aPage();
  await waitFor(() => expect(page.updateReady.value).toBe(true));
  newer.become("activated");

  page.applyUpdate();

  expect(reload).toHaveBeenCalledOnce();
});
