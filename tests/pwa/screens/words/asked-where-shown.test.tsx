/** Wherever something can be taken away, whoever looks at it is asked about an edit that outlived that. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import type { ComponentChild, FunctionComponent } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LocationProvider, Route, Router } from "preact-iso";
import { runbookId } from "../../../../pwa/src/domain/runbooks";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { Predictions } from "../../../../pwa/src/screens/debriefs/predictions";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepSheet } from "../../../../pwa/src/screens/debriefs/step-sheet";
import { Wall } from "../../../../pwa/src/screens/debriefs/wall";
import { oneWall } from "../../../../pwa/src/screens/debriefs/walls";
import MeasureScreen from "../../../../pwa/src/screens/measures/measure";
import { ChangePoint } from "../../../../pwa/src/screens/measures/points-sheet";
import RoundScreen from "../../../../pwa/src/screens/rounds/round";
import { notebook } from "../../../../pwa/src/state/records";
import { newId, record, save, type Kind } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, NETWORK, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const HERE = `network:${NETWORK}`;
const ID = "44444444-4444-4444-8444-444444444444";
const RUNBOOK = runbookId(ROUND, "full");

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/facilitator": true });
});
afterEach(cleanup);

/** Somebody took it away as it was first; its first field was said anew meanwhile. */
function outlived(kind: Kind, scope: string, fields: Record<string, unknown>): void {
  const first = newId();
  const [told] = Object.keys(fields);
  const heads = Object.entries(fields).map(([name, value]) => {
    const head = { id: newId(), value, depth: 1, seen: [], by: MEMBER };
    return [name, [name === told ? { ...head, depth: 2, seen: [first] } : head]] as const;
  });
  const covers = Object.fromEntries(heads.map(([name, [head]]) => [name, [head!.id]]));
  const gone = {
    id: newId(),
    value: true,
    depth: 1,
    seen: [],
    covers: { ...covers, [told!]: [first] },
  };
  const row = {
    id: ID,
    kind,
    scope,
    seq: 1,
    fields: { ...Object.fromEntries(heads), deleted: [gone] },
  };
  notebook.value!.memory.renew([ID], [row as never], []);
}

async function aCard(): Promise<void> {
  await save("card", newId(), SCOPE, {
    ...{ text: "9 of 12 wrote", element: "task", standing: "agreed" },
    position: { group: ID, order: "V" },
  });
}

interface Case {
  kind: Kind;
  scope?: string;
  fields: Record<string, unknown>;
  before?: () => Promise<void>;
  shown: () => ComponentChild;
}

const debrief = (set: { predictions_shown: boolean }) => () =>
  save("debrief", boardOf(ROUND).debriefId, SCOPE, set);
const clock = { step: "predict", beganAt: null, pausedAt: null, addedMinutes: 0 };
const predictions = () => <Predictions board={boardOf(ROUND)} clock={clock} />;
const words = { text: "They would copy a method." };

function screenAt(path: string, here: string, component: FunctionComponent): ComponentChild {
  history.replaceState(null, "", here);
  return (
    <LocationProvider>
      <Router>{[<Route key={path} path={path} component={component} />]}</Router>
    </LocationProvider>
  );
}

function step(): ComponentChild {
  const runbook = runbookOf(ROUND);
  const own = runbook.steps.find((each) => each.id === ID)!;
  return <StepSheet runbook={runbook} step={own} onClose={() => undefined} />;
}

function point(): ComponentChild {
  const measure = { id: newId(), kind: "measure", scope: HERE, fields: { numbers: "value" } };
  const found = record("measure_point", ID).value!;
  return <ChangePoint measure={measure as never} point={found} onClose={() => undefined} />;
}

const CASES: [string, Case][] = [
  [
    "the name of a group on the wall",
    {
      kind: "group",
      fields: { name: "Who asks", order: 1 },
      before: aCard,
      shown: () => <Wall wall={oneWall(boardOf(ROUND))} />,
    },
  ],
  ["a prediction of one's own", { kind: "prediction", fields: words, shown: predictions }],
  [
    "a prediction that all can see",
    {
      kind: "prediction",
      fields: words,
      before: debrief({ predictions_shown: true }),
      shown: predictions,
    },
  ],
  [
    "a step of one's own in a runbook",
    {
      kind: "step",
      fields: { title: "Walk", activity: "other", phase: "describe", runbook: RUNBOOK },
      shown: step,
    },
  ],
  [
    "a round",
    {
      kind: "round",
      fields: { title: "Sample School" },
      shown: () => screenAt("/rounds/:round", `/rounds/${ID}`, RoundScreen),
    },
  ],
  [
    "a measure",
    {
      kind: "measure",
      scope: HERE,
      fields: { title: "On time" },
      shown: () => screenAt("/measures/:measure", `/measures/${ID}`, MeasureScreen),
    },
  ],
  [
    "a number of a measure",
    {
      kind: "measure_point",
      scope: HERE,
      fields: { value: "12", measure: newId(), measured_on: "2026-11-02", note: "" },
      shown: point,
    },
  ],
];

test.each(CASES)("%s", async (_, { kind, scope = SCOPE, fields, before, shown }) => {
  await before?.();
  outlived(kind, scope, fields);
  render(<>{shown()}</>);
  expect(screen.getByText(/deleted/).textContent).toContain("It stays until you choose.");

  fireEvent.click(screen.getByRole("button", { name: "Keep it" }));

  await vi.waitFor(() => expect(record(kind, ID).value?.deletedThenEdited).toBe(false));
  await vi.waitFor(() => expect(screen.queryByText(/It stays until you choose/)).toBeNull());
});
