/** The script beside the app's: silent while the app draws, there when it does not. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const OFFER = { en: { "rescue.offer": "Taking long", "rescue.offer_copy": "Save a copy" } };

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("__OFFER__", OFFER);
  document.body.innerHTML = '<div id="app"></div>';
  vi.resetModules();
  await import("../../../pwa/src/rescue/opening");
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

const offered = () => document.querySelector('a[href="/rescue.html"]') !== null;
const draw = () => document.getElementById("app")!.append(document.createElement("main"));

test("an app that draws never sees it", () => {
  draw();

  vi.advanceTimersByTime(60_000);

  expect(offered()).toBe(false);
});

test("an app that does not draw in eight seconds is offered a way to its words", () => {
  vi.advanceTimersByTime(7_999);
  expect(offered()).toBe(false);

  vi.advanceTimersByTime(1);
  expect(offered()).toBe(true);
});

test("an app that fails at once need not wait for that", () => {
  dispatchEvent(new Event("error"));

  vi.advanceTimersByTime(1_000);

  expect(offered()).toBe(true);
});

test("an error after the app has drawn is not its affair", () => {
  draw();
  dispatchEvent(new Event("error"));

  vi.advanceTimersByTime(60_000);

  expect(offered()).toBe(false);
});

test("an app that draws late takes its place again", async () => {
  vi.advanceTimersByTime(8_000);
  draw();

  await vi.waitFor(() => expect(offered()).toBe(false));
});
