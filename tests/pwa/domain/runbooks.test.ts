/** The runbook and its clock: the same on the tablet as on the server. */
import { describe, expect, test } from "vitest";
import {
  isRequired,
  minutesOf,
  neighbour,
  runbookId,
  shippedSteps,
  stepAt,
  stepId,
  wholeRunbook,
  type Shipped,
  type Step,
} from "../../../pwa/src/domain/runbooks";
import {
  addMinutes,
  moveTo,
  pause,
  secondsLeft,
  start,
  type StepClock,
} from "../../../pwa/src/domain/step-clock";
import { ACTIVITIES, type Activity, type Phase } from "../../../pwa/src/generated/records";
import { vectors } from "./real-notes";

type Vector<T> = T & { readonly about: string };

function those<T>(name: string, which: string): Vector<T>[] {
  return vectors<Vector<T>[]>(`${name}.json`).filter((each) => which in each);
}

interface GivenStep {
  id: string;
  activity: Activity;
  phase: Phase;
  order: number;
  minutes: number;
  left_out: boolean;
}

const RUNBOOK = "0b6f4c1e-1d52-4e1c-9a0e-6f1f8f0f2a11";

const aStep = ({ left_out, ...given }: GivenStep): Step => ({
  ...given,
  actor: "everyone",
  leftOut: left_out,
});

describe("a runbook is whole and in the order of its phases", () => {
  type Given = { steps: GivenStep[]; whole: string[]; left_out: string[] };

  test.each(those<Given>("runbooks", "whole"))("$about", ({ steps, whole, left_out }) => {
    const found = wholeRunbook(RUNBOOK, steps.map(aStep));

    const added = new Map(ACTIVITIES.map((word) => [stepId(RUNBOOK, word), `added:${word}`]));
    expect(found.map(({ id }) => added.get(id) ?? id)).toEqual(whole);
    expect(found.filter((each) => each.leftOut).map(({ id }) => id)).toEqual(left_out);
  });
});

describe("a runbook that ships takes its time", () => {
  type Given = { shipped: Shipped; steps: [string, number][]; offered: string[]; total: number };

  test.each(those<Given>("runbooks", "shipped"))("$about", ({ shipped, steps, offered, total }) => {
    const found = shippedSteps(runbookId("round", shipped), shipped);

    expect(found.map(({ activity, minutes }) => [activity, minutes])).toEqual(steps);
    expect(found.filter((each) => each.leftOut).map(({ activity }) => activity)).toEqual(offered);
    expect(minutesOf(found)).toBe(total);
    expect(found.filter(({ activity }) => isRequired(activity))).toHaveLength(4);
    expect(wholeRunbook(RUNBOOK, found)).toEqual(found);
  });
});

describe("next and back pass over what is left out", () => {
  type Given = { of: string; way: 1 | -1; next_is: string | null; steps: GivenStep[] };

  test.each(those<Given>("runbooks", "next_is"))("$about", ({ of, way, next_is, steps }) => {
    expect(neighbour(steps.map(aStep), of, way)?.id ?? null).toBe(next_is);
  });
});

describe("where a debrief stands", () => {
  type Given = { steps: GivenStep[]; said: string | null; phase: Phase | null; stands_at: string };

  test.each(those<Given>("runbooks", "stands_at"))(
    "$about",
    ({ steps, said, phase, stands_at }) => {
      expect(stepAt(steps.map(aStep), phase, said).id).toBe(stands_at);
    },
  );
});

interface GivenClock {
  step: string;
  began: number | null;
  paused: number | null;
  added: number;
}

const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);

const aClock = ({ step, began, paused, added }: GivenClock): StepClock => ({
  step,
  beganAt: inMs(began),
  pausedAt: inMs(paused),
  addedMinutes: added,
});

describe("the remaining time is counted from moments", () => {
  type Given = { clock: GivenClock; minutes: number; now: number; left: number };

  test.each(those<Given>("step_clock", "left"))("$about", ({ clock, minutes, now, left }) => {
    expect(secondsLeft(aClock(clock), minutes, now * 1000)).toBe(left);
  });
});

describe("the clock is moved as one", () => {
  type Given = { act: string; clock: GivenClock; now: number; then: GivenClock };

  test.each(those<Given>("step_clock", "act"))("$about", ({ act, clock, now, then }) => {
    const acts: Record<string, () => StepClock> = {
      start: () => start(aClock(clock), now * 1000),
      pause: () => pause(aClock(clock), now * 1000),
      add: () => addMinutes(aClock(clock), 2),
      move: () => moveTo("other", now * 1000),
    };
    expect(acts[act]?.()).toEqual(aClock(then));
  });
});
