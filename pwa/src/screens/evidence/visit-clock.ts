/**
 * The time of a visit: its minutes, the bar at the top edge, whose turn it is by the plan.
 *
 * Pure. A clock may lie: what it says is shown or asked, and decides nothing by itself.
 */

/** Beyond this, a screen left open is not a visit that began when it was opened. */
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;
/** So far from its planned time, a visit is timed by its own beginning. */
const OFF_PLAN_MINUTES = 10;
const SOLID_MINUTES = 2;

/** What the clock on the school's wall shows. `minute` counts from midnight. */
export interface WallClock {
  date: string;
  minute: number;
}

export interface PlannedTime {
  id: string;
  begins_at: string | null;
  minutes: number | null;
  skipped: boolean | null;
}

export function wallClock(timeZone: string, now: Date): WallClock {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "0";
  const minute = Number(of("hour")) * 60 + Number(of("minute")) + Number(of("second")) / 60;
  return { date: `${of("year")}-${of("month")}-${of("day")}`, minute };
}

/** `09:05` -> 545. */
export function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * When a visit began, asked at its first key: when the classroom was opened on the screen,
 * or at the planned time where it was opened earlier, in the hallway.
 */
export function beganAt(openedAt: Date, sincePlanned: number | null, now: Date): Date {
  const waited = now.getTime() - openedAt.getTime();
  if (waited < 0 || waited > LONGEST_WAIT_MS) return now;
  const planned = sincePlanned === null ? 0 : now.getTime() - sincePlanned * 60_000;
  return new Date(Math.min(now.getTime(), Math.max(openedAt.getTime(), planned)));
}

/** Whole minutes from the visit's start; a clock that was put back reads 0. */
export function minuteOf(began: string, now: Date): number {
  const minutes = Math.floor((now.getTime() - new Date(began).getTime()) / 60_000);
  return Math.min(Math.max(0, Number.isFinite(minutes) ? minutes : 0), 24 * 60);
}

/** The minute that a note of one visit has in another, which began at another time. */
export function minuteIn(began: string, minute: number, otherBegan: string): number {
  return minuteOf(otherBegan, new Date(new Date(began).getTime() + minute * 60_000));
}

/** Minutes since the slot's planned time, today; null on another day or without a plan. */
export function sincePlanned(
  slot: PlannedTime,
  visitsOn: string | null,
  wall: WallClock,
): number | null {
  if (!slot.begins_at || visitsOn !== wall.date) return null;
  return wall.minute - minuteOfDay(slot.begins_at);
}

export interface Bar {
  /** How much of the slot is over, 0 to 1. */
  part: number;
  /** Two minutes before the end, and after it. */
  solid: boolean;
}

/** The bar over the slot's minutes: by the plan where the visit keeps to it, else by its start. */
export function barOf(minutes: number, planned: number | null, began: string | null, now: Date) {
  const keepsToPlan =
    planned !== null && planned > -OFF_PLAN_MINUTES && planned < minutes + OFF_PLAN_MINUTES;
  const own = began === null ? null : (now.getTime() - new Date(began).getTime()) / 60_000;
  const elapsed = keepsToPlan ? planned : own;
  if (elapsed === null || elapsed > 24 * 60) return null;
  const bar: Bar = {
    part: Math.min(1, Math.max(0, elapsed / minutes)),
    solid: elapsed >= minutes - SOLID_MINUTES,
  };
  return bar;
}

/** The slot whose time it is by the plan, when that is a later one than the slot on screen. */
export function slotMovedOn<S extends PlannedTime>(
  slots: readonly S[],
  shown: S,
  visitsOn: string | null,
  wall: WallClock,
): S | undefined {
  const begun = slots.filter(
    (slot) => !slot.skipped && (sincePlanned(slot, visitsOn, wall) ?? -1) >= 0,
  );
  const now = begun.at(-1);
  if (!now?.begins_at || !shown.begins_at || now.id === shown.id) return undefined;
  return minuteOfDay(now.begins_at) > minuteOfDay(shown.begins_at) ? now : undefined;
}

/** The next slot of the day that takes place. */
export function nextSlot<S extends PlannedTime>(slots: readonly S[], shown: S): S | undefined {
  const at = slots.findIndex((slot) => slot.id === shown.id);
  return slots.slice(at + 1).find((slot) => !slot.skipped);
}

/** Slots in the order of the day. */
export function inOrder<S extends PlannedTime>(slots: readonly S[]): S[] {
  const key = (slot: S) => `${slot.begins_at ?? "99:99"} ${slot.id}`;
  return [...slots].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
