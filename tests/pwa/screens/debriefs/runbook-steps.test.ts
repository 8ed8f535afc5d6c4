/** A round's runbook: what a lead changes, what a network keeps, where the debrief stands. */
import { beforeEach, expect, test } from "vitest";
import { minutesOf, runbookId } from "../../../../pwa/src/domain/runbooks";
import { moveTo } from "../../../../pwa/src/domain/step-clock";
import {
  chooseRunbook,
  currentStep,
  keepAsTemplate,
  keepClock,
  runbookOf,
  templates,
  wordsOf,
} from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { derivedId, list, record, remove, save } from "../../../../pwa/src/state";
import { aNotebook, ROUND } from "../evidence/notebook";

const OTHER_ROUND = "44444444-4444-4444-8444-444444444444";
const SCOPE = `round:${ROUND}`;

beforeEach(() => aNotebook());

const debriefOf = (round: string) => record("debrief", derivedId(round, "debrief")).value?.fields;
const stepOf = (round: string, activity: string) =>
  runbookOf(round).steps.find((step) => step.activity === activity)!;

test("a round that changed nothing goes by the full runbook and stores no step", () => {
  expect(minutesOf(runbookOf(ROUND).steps)).toBe(190);
  expect(list("step", SCOPE).value).toEqual([]);
});

test("a step that is offered takes no time until a round puts it in", async () => {
  const offered = stepOf(ROUND, "how_alike");
  expect(offered.leftOut).toBe(true);

  await save("step", offered.id, SCOPE, { minutes: 9 });
  expect(stepOf(ROUND, "how_alike")).toMatchObject({ minutes: 9, leftOut: true });

  await save("step", offered.id, SCOPE, { left_out: false });
  expect(stepOf(ROUND, "how_alike").leftOut).toBe(false);
  expect(minutesOf(runbookOf(ROUND).steps)).toBe(199);
});

test("a changed step keeps what was not changed, and says the usual words where it has none", async () => {
  const step = stepOf(ROUND, "cross_check");

  await save("step", step.id, SCOPE, { minutes: 25, title: "Read each other" });

  const changed = stepOf(ROUND, "cross_check");
  expect(changed).toMatchObject({ minutes: 25, phase: "describe", actor: "matched_teams" });
  expect(wordsOf(changed).title).toBe("Read each other");
  expect(wordsOf(changed).why).toBe(wordsOf(step).why);
  expect(minutesOf(runbookOf(ROUND).steps)).toBe(200);
});

test("a kept runbook is copied into a round, which keeps it when the network's is taken away", async () => {
  await save("step", stepOf(ROUND, "gallery_walk").id, SCOPE, { left_out: true });
  await save("step", derivedId(ROUND, "own"), SCOPE, {
    ...{ runbook: runbookOf(ROUND).id, activity: "other", phase: "predict", order: 2 },
    ...{ minutes: 5, actor: "alone", title: "A walk around the block" },
  });
  await keepAsTemplate(runbookOf(ROUND), "  Ours ");
  const [kept] = templates();
  expect(kept?.fields.name).toBe("Ours");

  await chooseRunbook(OTHER_ROUND, kept!.id);
  await remove("template", kept!.id);

  const { id, steps } = runbookOf(OTHER_ROUND);
  expect(id).toBe(runbookId(OTHER_ROUND, kept!.id));
  expect(steps).toHaveLength(13);
  expect(minutesOf(steps)).toBe(185);
  expect(steps.map((step) => wordsOf(step).title)).toContain("A walk around the block");
  expect(stepOf(OTHER_ROUND, "gallery_walk").leftOut).toBe(true);
});

test("another runbook in the middle of a debrief goes on at the same activity and clock", async () => {
  const full = runbookOf(ROUND);
  const step = stepOf(ROUND, "cross_check");
  await keepClock(full, moveTo(step.id, Date.UTC(2026, 10, 24, 13)), step.phase);

  await chooseRunbook(ROUND, "short");

  const debrief = debriefOf(ROUND);
  const now = currentStep(runbookOf(ROUND), debrief);
  expect(now).toMatchObject({ activity: "cross_check", minutes: 8 });
  expect(now.id).not.toBe(step.id);
  expect(debrief?.step_began_at).toBe("2026-11-24T13:00:00.000Z");
});

test("a debrief whose step is gone, or of another phase, stands at what its phase is for", async () => {
  const runbook = runbookOf(ROUND);
  await keepClock(runbook, moveTo(derivedId(ROUND, "gone"), 0), "analyze");
  expect(currentStep(runbook, debriefOf(ROUND)).activity).toBe("patterns");

  await keepClock(runbook, moveTo(stepOf(ROUND, "reread").id, 0), "predict");
  expect(currentStep(runbook, debriefOf(ROUND)).activity).toBe("predict");
});
