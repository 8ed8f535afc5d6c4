/** The room is moved by whoever leads: every other device says so, and nobody is named for it. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Toasts } from "../../../../pwa/src/components";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { goTo } from "../../../../pwa/src/screens/debriefs/control-strip";
import { useMovedTold, WhoMayMove } from "../../../../pwa/src/screens/debriefs/moving";
import {
  currentStep,
  keepClock,
  runbookOf,
} from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { moveTo } from "../../../../pwa/src/domain/step-clock";
import { newId, save, serverNow } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, NETWORK, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/facilitator": true });
  await goTo(runbookOf(ROUND), stepOf("cross_check"));
});

afterEach(cleanup);

function stepOf(activity: string) {
  return runbookOf(ROUND).steps.find((step) => step.activity === activity)!;
}

function Room() {
  useMovedTold(currentStep(runbookOf(ROUND), boardOf(ROUND).debrief));
  return <Toasts />;
}

test("a device says that the room was moved from another one, and to where", async () => {
  const { rerender, container } = render(<Room />);
  expect(container.textContent).toBe("");

  const step = stepOf("own_wall");
  await keepClock(runbookOf(ROUND), moveTo(step.id, serverNow()), step.phase);
  rerender(<Room />);

  await screen.findByText(
    "Whoever leads moved the debrief: it stands at “Group on the team’s wall” now.",
  );
});

test("the device on which it was pressed says nothing, and is told of the next move", async () => {
  const { rerender, container } = render(<Room />);

  await goTo(runbookOf(ROUND), stepOf("own_wall"));
  rerender(<Room />);
  expect(container.textContent).toBe("");

  const step = stepOf("one_wall");
  await keepClock(runbookOf(ROUND), moveTo(step.id, serverNow()), step.phase);
  rerender(<Room />);
  await screen.findByText(/stands at “One wall together”/);
});

test("whoever leads can look up who else may move everybody on; a visitor is not told", async () => {
  const { rerender } = render(<WhoMayMove board={{ ...boardOf(ROUND), mayLead: false }} />);
  expect(screen.queryByText(/can move everybody/)).toBeNull();

  asLead();
  const [ana, bea] = [newId(), newId()];
  const network = "network:" + NETWORK;
  await save("member", ana, network, { name: "Ana Sample", active: true });
  await save("member", bea, network, { name: "Bea Sample", active: true });
  await save("participant", newId(), SCOPE, { member: ana, "roles/timekeeper": true });
  await save("participant", newId(), SCOPE, { member: bea, "roles/visitor": true });
  rerender(<WhoMayMove board={{ ...boardOf(ROUND), mayLead: true }} />);

  const said = screen.getByText(/can move everybody from step to step/).textContent;
  expect(said).toContain("Ana Sample");
  expect(said).not.toContain("Bea Sample");
});
