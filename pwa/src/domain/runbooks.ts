/**
 * The runbook: the steps of a debrief, in phases whose order no template changes.
 *
 * Two runbooks ship, a full one and a short one. A network changes minutes and words, leaves
 * steps out and adds its own; reading and agreeing, patterns, the prediction and the next
 * level of work stay. What breaks that after a merge is read as if it did not.
 * Twin of server/domain/runbooks.py; both run tests/vectors/runbooks.json.
 */
import { PHASES, type Activity, type Actor, type Phase } from "../generated/records";
import { derivedId } from "./identifiers";

/** The runbooks that come with the app. */
export const SHIPPED = ["full", "short"] as const;
export type Shipped = (typeof SHIPPED)[number];

/** Activity, phase, who acts, minutes of the full and of the short runbook. */
const TABLE: readonly (readonly [Activity, Phase, Actor, number, number])[] = [
  ["reread", "describe", "alone", 20, 12],
  ["read_and_agree", "describe", "team", 20, 12],
  ["cross_check", "describe", "matched_teams", 15, 8],
  ["how_alike", "describe", "team", 8, 6],
  ["own_wall", "analyze", "team", 30, 12],
  ["gallery_walk", "analyze", "alone", 10, 3],
  ["one_wall", "analyze", "everyone", 20, 7],
  ["patterns", "analyze", "everyone", 20, 12],
  ["predict", "predict", "everyone", 10, 6],
  ["host_speaks", "next_level", "the_host", 10, 5],
  ["next_level", "next_level", "everyone", 25, 13],
  ["commit", "next_level", "everyone", 10, 5],
];

const REQUIRED: ReadonlySet<Activity> = new Set<Activity>([
  "read_and_agree",
  "patterns",
  "predict",
  "next_level",
]);

/** What is left out of the runbooks that ship until somebody wants it. */
const OFFERED: ReadonlySet<Activity> = new Set<Activity>(["how_alike"]);

const PHASE_OF = new Map(TABLE.map(([activity, phase]) => [activity, phase]));

/** One step. `order` counts within its phase; `minutes` is at least one. */
export interface Step {
  id: string;
  activity: Activity;
  phase: Phase;
  order: number;
  minutes: number;
  actor: Actor;
  leftOut: boolean;
}

/** The id of a runbook that ships, as one round's debrief knows it. */
export function runbookId(owner: string, name: string): string {
  return derivedId(owner, `runbook:${name}`);
}

/** The id of a runbook's step: by its activity, or by the template's step it came from. */
export function stepId(runbook: string, key: string): string {
  return derivedId(runbook, `step:${key}`);
}

/** Whether the activity stays in every runbook. */
export function isRequired(activity: Activity): boolean {
  return REQUIRED.has(activity);
}

/** The steps of a runbook that ships, as they are before anybody changed one. */
export function shippedSteps(runbook: string, name: Shipped): Step[] {
  const steps: Step[] = [];
  for (const [activity, phase, actor, full, short] of TABLE) {
    const order = 1 + steps.filter((step) => step.phase === phase).length;
    const minutes = name === "short" ? short : full;
    const id = stepId(runbook, activity);
    const leftOut = OFFERED.has(activity);
    steps.push({ id, activity, phase, order, minutes, actor, leftOut });
  }
  return steps;
}

function inOrder(a: Step, b: Step): number {
  const phases = PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase);
  return phases || a.order - b.order || (a.id < b.id ? -1 : 1);
}

/**
 * The steps in the order in which they are gone through. Phases keep their order and an
 * activity its phase; what stays in every runbook is not left out, and is put back where
 * somebody took it away.
 */
export function wholeRunbook<S extends Step>(runbook: string, steps: readonly S[]): (S | Step)[] {
  const kept = steps.map((step) => ({
    ...step,
    phase: PHASE_OF.get(step.activity) ?? step.phase,
    leftOut: step.leftOut && !REQUIRED.has(step.activity),
  }));
  const there = new Set(kept.map((step) => step.activity));
  const missing = shippedSteps(runbook, "full").filter(
    ({ activity }) => REQUIRED.has(activity) && !there.has(activity),
  );
  return [...kept, ...missing].sort(inOrder);
}

/** The activity in which a phase does its main work: where one looks when no step is said. */
const MAIN: Record<Phase, Activity> = {
  describe: "read_and_agree",
  analyze: "patterns",
  predict: "predict",
  next_level: "next_level",
};

/** The step of a whole runbook that shows what a phase is there for. */
export function mainStep<S extends Step>(steps: readonly S[], phase: Phase): S {
  return steps.find((step) => step.activity === MAIN[phase])!;
}

/** The step that a debrief stands at, of a whole runbook: the one said, if the phase has it. */
export function stepAt<S extends Step>(
  steps: readonly S[],
  phase: Phase | null,
  said: string | null,
): S {
  const at = phase ?? PHASES[0];
  const found = steps.find((step) => step.id === said && step.phase === at);
  return found ?? mainStep(steps, at);
}

/** How long the runbook takes, without what is left out. */
export function minutesOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.leftOut ? 0 : step.minutes), 0);
}

/** The step after (way 1) or before (way -1) this one that is not left out. */
export function neighbour<S extends Step>(
  steps: readonly S[],
  current: string,
  way: 1 | -1,
): S | undefined {
  const at = steps.findIndex((step) => step.id === current);
  if (at < 0) return undefined;
  const after = way > 0 ? steps.slice(at + 1) : steps.slice(0, at).reverse();
  return after.find((step) => !step.leftOut);
}
