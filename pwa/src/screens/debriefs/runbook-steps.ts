/**
 * A round's runbook as its records say it: the usual steps, what was changed in them, the
 * network's own; and which step the debrief stands at, with its clock.
 */
import type { Phase } from "../../generated/records";
import {
  mainStep,
  runbookId,
  shippedSteps,
  SHIPPED,
  stepAt,
  stepId,
  wholeRunbook,
  type Shipped,
  type Step,
} from "../../domain/runbooks";
import type { StepClock } from "../../domain/step-clock";
import { t } from "../../i18n";
import { list, may, record, save, type FieldsOf, type RecordView } from "../../state";
import { makeOnce } from "../making";
import { derivedId, network } from "../../state";

type Words = "title" | "prompts" | "script" | "why";
export type StepWords = Readonly<Record<Words, string>>;

/** A step with the words that a person gave it; empty where it says the usual ones. */
export interface RunbookStep extends Step {
  typed: StepWords;
}

export interface Runbook {
  id: string;
  roundId: string;
  scope: string;
  mayChange: boolean;
  steps: RunbookStep[];
}

export const NOTHING_TYPED: StepWords = { title: "", prompts: "", script: "", why: "" };

type Fields = FieldsOf<"step"> | FieldsOf<"template_step">;

function typedIn({ title, prompts, script, why }: Fields): StepWords {
  return { title, prompts, script, why };
}

function stored(id: string, fields: Fields, usual?: Step): RunbookStep {
  return {
    id,
    activity: usual?.activity ?? fields.activity ?? "other",
    phase: usual?.phase ?? fields.phase ?? "describe",
    order: fields.order ?? usual?.order ?? 0,
    minutes: fields.minutes ?? usual?.minutes ?? 10,
    actor: fields.actor ?? usual?.actor ?? "everyone",
    leftOut: fields.left_out ?? usual?.leftOut ?? false,
    typed: typedIn(fields),
  };
}

function withWords(step: Step | RunbookStep): RunbookStep {
  return "typed" in step ? step : { ...step, typed: NOTHING_TYPED };
}

/** Which of the runbooks that ship this is, or undefined for a network's own. */
export function shippedName(roundId: string, id: string): Shipped | undefined {
  return SHIPPED.find((name) => runbookId(roundId, name) === id);
}

export function runbookOf(roundId: string): Runbook {
  const scope = `round:${roundId}`;
  const debrief = record("debrief", derivedId(roundId, "debrief")).value?.fields;
  const id = debrief?.runbook ?? runbookId(roundId, "full");
  const name = shippedName(roundId, id);
  const usual = name ? shippedSteps(id, name) : [];
  const found = new Map(list("step", scope).value.map((step) => [step.id, step.fields]));
  const changed = usual.map((step) => {
    const fields = found.get(step.id);
    return fields ? stored(step.id, fields, step) : withWords(step);
  });
  const known = new Set(usual.map((step) => step.id));
  const own = [...found].filter(([key, fields]) => fields.runbook === id && !known.has(key));
  const all = [...changed, ...own.map(([key, fields]) => stored(key, fields))];
  const steps = wholeRunbook(id, all).map(withWords);
  return { id, roundId, scope, mayChange: may("step", scope), steps };
}

/** The step that the debrief stands at. */
export function currentStep(
  { steps }: Runbook,
  debrief: FieldsOf<"debrief"> | undefined,
): RunbookStep {
  return stepAt(steps, debrief?.phase ?? null, debrief?.step ?? null);
}

function inMs(moment: string | null): number | null {
  const at = Date.parse(moment ?? "");
  return Number.isNaN(at) ? null : at;
}

export function clockOf(step: string, debrief: FieldsOf<"debrief"> | undefined): StepClock {
  if (debrief?.step !== step) return { step, beganAt: null, pausedAt: null, addedMinutes: 0 };
  return {
    step,
    beganAt: inMs(debrief.step_began_at),
    pausedAt: inMs(debrief.paused_at),
    addedMinutes: debrief.added_minutes ?? 0,
  };
}

function asMoment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/**
 * Move the debrief or its clock. All values go in one save and name every version there is,
 * so that after two were moved at once the next press stands for both.
 */
export function keepClock({ scope, roundId }: Runbook, clock: StepClock, phase: Phase) {
  const debrief = derivedId(roundId, "debrief");
  const began = record("debrief", debrief).value?.fields.began_at;
  const set = {
    phase,
    step: clock.step,
    step_began_at: asMoment(clock.beganAt),
    paused_at: asMoment(clock.pausedAt),
    added_minutes: clock.addedMinutes,
    ...(began ? {} : { began_at: new Date().toISOString() }),
  };
  return save("debrief", debrief, scope, set, { resolve: true });
}

/** Words of a step: what was typed, else the usual ones. */
export function wordsOf({ activity, typed }: Pick<RunbookStep, "activity" | "typed">): StepWords {
  const title = typed.title.trim() || t(`vocabulary.activity.${activity}`);
  if (activity === "other") return { ...typed, title };
  return {
    title,
    prompts: typed.prompts.trim() || t(`runbooks.prompts.${activity}`),
    script: typed.script.trim() || t(`runbooks.script.${activity}`),
    why: typed.why.trim() || t(`runbooks.why.${activity}`),
  };
}

/** One prompt a line, without empty ones. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

type Template = RecordView<"template">;

export function templates(): Template[] {
  return [...list("template").value].sort((a, b) => (a.fields.name < b.fields.name ? -1 : 1));
}

/** Copy the steps of a network's runbook into the round; what is there already stays. */
async function copySteps(roundId: string, runbook: string, template: string): Promise<void> {
  const scope = `round:${roundId}`;
  const there = new Set(list("step", scope).value.map((step) => step.id));
  const steps = list("template_step").value.filter(({ fields }) => fields.template === template);
  await Promise.all(
    steps.map(async ({ id, fields: { template: _, ...fields } }) => {
      const copy = stepId(runbook, id);
      if (!there.has(copy)) await save("step", copy, scope, { ...fields, runbook });
    }),
  );
}

/** Go by another runbook; the debrief stays at the same activity, and its clock runs on. */
export async function chooseRunbook(roundId: string, choice: string): Promise<void> {
  const before = runbookOf(roundId);
  const debriefId = derivedId(roundId, "debrief");
  const debrief = record("debrief", debriefId).value?.fields;
  const at = currentStep(before, debrief);
  const id = runbookId(roundId, choice);
  if (!SHIPPED.some((name) => name === choice)) await copySteps(roundId, id, choice);
  await save("debrief", debriefId, before.scope, { runbook: id }, { resolve: true });
  if (!debrief?.step) return;
  const after = runbookOf(roundId);
  const same = after.steps.find((step) => step.activity === at.activity);
  const step = same ?? mainStep(after.steps, at.phase);
  await keepClock(after, { ...clockOf(at.id, debrief), step: step.id }, step.phase);
}

/** Keep the round's steps as a runbook of the network's. */
export async function keepAsTemplate(runbook: Runbook, name: string): Promise<void> {
  const scope = `network:${network.value?.network.id ?? ""}`;
  await makeOnce("template", scope, async (template) => {
    const kept = save("template", template, scope, { name: name.trim() });
    const steps = runbook.steps.map((step) => {
      const { id, activity, phase, order, minutes, actor, leftOut, typed } = step;
      return save("template_step", derivedId(template, id), scope, {
        ...{ template, activity, phase, order, minutes, actor, ...typed },
        left_out: leftOut,
      });
    });
    await Promise.all([kept, ...steps]);
  });
}
