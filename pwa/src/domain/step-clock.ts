/**
 * The clock of a step: one for all devices, kept as four values that change together.
 *
 * Nothing is decided by it. It is counted from moments of the server's time, so a tablet that
 * slept, or whose own clock is wrong, shows the same remaining time once it is told again.
 * Twin of server/domain/step_clock.py; both run tests/vectors/step_clock.json.
 */

const MOST_ADDED = 999;

/** Moments in milliseconds. `beganAt` is null until the clock is started. */
export interface StepClock {
  step: string;
  beganAt: number | null;
  pausedAt: number | null;
  addedMinutes: number;
}

/** The clock of another step, running from now. */
export function moveTo(step: string, now: number): StepClock {
  return { step, beganAt: now, pausedAt: null, addedMinutes: 0 };
}

/** Start, or go on after a pause: what the pause took is given back. */
export function start(clock: StepClock, now: number): StepClock {
  const { beganAt, pausedAt } = clock;
  if (beganAt === null) return { ...clock, beganAt: now, pausedAt: null };
  if (pausedAt === null) return clock;
  return { ...clock, beganAt: now - Math.max(0, pausedAt - beganAt), pausedAt: null };
}

/** Stop where it is; a clock that does not run stays as it is. */
export function pause(clock: StepClock, now: number): StepClock {
  if (clock.beganAt === null || clock.pausedAt !== null) return clock;
  return { ...clock, pausedAt: now };
}

export function addMinutes(clock: StepClock, minutes: number): StepClock {
  return { ...clock, addedMinutes: Math.min(clock.addedMinutes + minutes, MOST_ADDED) };
}

export function isRunning(clock: StepClock): boolean {
  return clock.beganAt !== null && clock.pausedAt === null;
}

/** Seconds that remain, below zero once the time is over. */
export function secondsLeft(clock: StepClock, minutes: number, now: number): number {
  const whole = (minutes + clock.addedMinutes) * 60;
  if (clock.beganAt === null) return whole;
  const passed = (clock.pausedAt ?? now) - clock.beganAt;
  return whole - Math.max(0, Math.floor(passed / 1000));
}
