import { expect, test } from "vitest";
import {
  barOf,
  beganAt,
  minuteIn,
  minuteOf,
  nextSlot,
  sincePlanned,
  slotMovedOn,
  wallClock,
} from "../../../../pwa/src/screens/evidence/visit-clock";

const DAY = "2026-11-24";
const at = (time: string) => new Date(`${DAY}T${time}:00Z`);
const wall = (minute: number) => ({ date: DAY, minute });

function aSlot(id: string, begins_at: string, skipped = false) {
  return { id, begins_at, minutes: 20, skipped };
}

test("the clock on the wall is the school's, wherever the tablet thinks it is", () => {
  const clock = wallClock("America/Denver", new Date("2026-11-24T16:05:30Z"));

  expect(clock).toEqual({ date: DAY, minute: 545.5 });
});

test("a classroom opened in the hallway begins at its planned time", () => {
  expect(beganAt(at("09:01"), 3, at("09:08"))).toEqual(at("09:05"));
});

test("a classroom opened late begins when it was opened", () => {
  expect(beganAt(at("09:09"), 7, at("09:12"))).toEqual(at("09:09"));
});

test("a screen left open overnight begins with the first key", () => {
  expect(beganAt(new Date("2026-11-23T20:00:00Z"), null, at("09:12"))).toEqual(at("09:12"));
});

test("a clock that was put back never gives a negative minute", () => {
  expect(minuteOf(at("09:12").toISOString(), at("09:05"))).toBe(0);
});

test("a note keeps its moment when it moves to a visit that began later", () => {
  expect(minuteIn(at("09:05").toISOString(), 24, at("09:27").toISOString())).toBe(2);
});

test("the bar follows the plan, and is solid two minutes before the end", () => {
  expect(barOf(20, 10, null, at("09:15"))).toEqual({ part: 0.5, solid: false });
  expect(barOf(20, 18, null, at("09:23"))).toEqual({ part: 0.9, solid: true });
});

test("a visit far from its planned time is timed by its own beginning", () => {
  expect(barOf(20, 95, at("10:35").toISOString(), at("10:40"))).toEqual({
    part: 0.25,
    solid: false,
  });
});

test("without a plan for today and without a first note there is no bar", () => {
  expect(barOf(20, null, null, at("09:15"))).toBeNull();
});

test("on another day nothing is planned now", () => {
  expect(sincePlanned(aSlot("a", "09:05"), "2026-12-01", wall(550))).toBeNull();
});

test("when the next slot's time has come, it is asked whether one is there", () => {
  const slots = [aSlot("a", "09:05"), aSlot("b", "09:30"), aSlot("c", "09:55")];

  expect(slotMovedOn(slots, slots[0]!, DAY, wall(9 * 60 + 29))).toBeUndefined();
  expect(slotMovedOn(slots, slots[0]!, DAY, wall(9 * 60 + 30))?.id).toBe("b");
});

test("a classroom that is off today is never asked about, and is passed over", () => {
  const slots = [aSlot("a", "09:05"), aSlot("b", "09:30", true), aSlot("c", "09:55")];

  expect(slotMovedOn(slots, slots[0]!, DAY, wall(9 * 60 + 40))).toBeUndefined();
  expect(nextSlot(slots, slots[0]!)?.id).toBe("c");
});

test("who is early in the next classroom is not asked to go back", () => {
  const slots = [aSlot("a", "09:05"), aSlot("b", "09:30")];

  expect(slotMovedOn(slots, slots[1]!, DAY, wall(9 * 60 + 20))).toBeUndefined();
});
