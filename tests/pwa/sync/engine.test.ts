import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backOff, startEngine, type Engine } from "../../../pwa/src/sync/engine";
import { DONE, later, type Outcome } from "../../../pwa/src/sync/sender";

let engine: Engine;
let tried: number[];
let outcome: Outcome;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  tried = [];
  outcome = DONE;
  const round = () => {
    tried.push(Date.now());
    return Promise.resolve(outcome);
  };
  engine = startEngine({ round, random: () => 0.5, now: Date.now });
});

afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

test("it tries soon after it was asked, once for many asks", async () => {
  engine.within(5_000);
  engine.within(300);
  engine.within(300);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(tried).toEqual([300]);
});

test("when all went well it looks again after 30 to 60 seconds", async () => {
  engine.within(0);
  await vi.advanceTimersByTimeAsync(100_000);

  expect(tried).toEqual([0, 45_000, 90_000]);
});

test("a debrief polls every 5 seconds while it is open", async () => {
  const stop = engine.pollEvery(5_000);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(tried).toEqual([300, 5_300, 10_300, 15_300]);

  stop();
  tried = [];
  await vi.advanceTimersByTimeAsync(40_000);
  expect(tried).toEqual([20_300]);
});

test("failures wait longer and longer, up to five minutes, whatever else asks", async () => {
  outcome = later();
  engine.within(0);
  const nudge = setInterval(() => engine.within(0), 1_000);
  await vi.advanceTimersByTimeAsync(1_500_000);
  clearInterval(nudge);

  const waits = tried.slice(1).map((time, i) => time - tried[i]!);
  expect(waits.slice(0, 4)).toEqual([500, 1_000, 2_000, 4_000]);
  expect(Math.max(...waits)).toBeLessThanOrEqual(5 * 60_000);
});

test("a tap tries at once and starts over", async () => {
  outcome = later();
  engine.within(0);
  await vi.advanceTimersByTimeAsync(60_000);
  tried = [];

  engine.now();
  await vi.advanceTimersByTimeAsync(600);

  expect(tried).toEqual([60_000, 60_500]);
});

test("a hint is followed within a second, and many hints at most once a second", async () => {
  engine.hint();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(tried).toEqual([500]);

  const hints = setInterval(() => engine.hint(), 50);
  await vi.advanceTimersByTimeAsync(5_000);
  clearInterval(hints);

  const waits = tried.slice(1).map((time, i) => time - tried[i]!);
  expect(waits.length).toBeGreaterThanOrEqual(4);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...waits)).toBeLessThanOrEqual(1_100);
});

test("in a debrief a hint is followed at once, and many hints four times a second", async () => {
  engine.pollEvery(5_000);
  await vi.advanceTimersByTimeAsync(1_000);
  tried = [];

  const hints = setInterval(() => engine.hint(), 20);
  await vi.advanceTimersByTimeAsync(3_000);
  clearInterval(hints);

  expect(tried[0]).toBeLessThanOrEqual(1_000 + 20 + 100);
  const waits = tried.slice(1).map((time, i) => time - tried[i]!);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(250);
  expect(Math.max(...waits)).toBeLessThanOrEqual(270);
});

test("a save leaves soon, and sooner where others wait for it in a debrief", async () => {
  engine.saved();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(tried).toEqual([300]);

  engine.pollEvery(5_000);
  await vi.advanceTimersByTimeAsync(1_000);
  tried = [];
  engine.saved();
  await vi.advanceTimersByTimeAsync(200);
  expect(tried).toEqual([2_060]);
});

test("a hint breaks no wait that the server asked for", async () => {
  outcome = later(60_000);
  engine.within(0);
  await vi.advanceTimersByTimeAsync(100);

  engine.hint();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(tried).toEqual([0]);
});

test("Retry-After is honoured, and not by everybody at the same moment", async () => {
  outcome = later(120_000);
  engine.within(0);
  await vi.advanceTimersByTimeAsync(125_000);

  expect(tried).toEqual([0, 120_500]);
});

test("what is asked for during a round is not forgotten", async () => {
  let finish = (_: Outcome) => {};
  const round = vi.fn(() => new Promise<Outcome>((resolve) => (finish = resolve)));
  const busy = startEngine({ round, random: () => 0.5, now: Date.now });
  busy.within(0);
  await vi.advanceTimersByTimeAsync(10);

  busy.within(300);
  finish(DONE);
  await vi.advanceTimersByTimeAsync(400);

  expect(round).toHaveBeenCalledTimes(2);
  busy.stop();
});

test("the wait is random up to its bound", () => {
  expect(backOff(3, () => 1)).toBe(8_000);
  expect(backOff(3, () => 0.25)).toBe(2_000);
  expect(backOff(30, () => 1)).toBe(300_000);
});
