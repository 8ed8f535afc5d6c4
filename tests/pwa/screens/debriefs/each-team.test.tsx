/** A debrief on the one tablet that leads: it does each team's part, early or late. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { dotsOf } from "../../../../pwa/src/screens/debriefs/dots";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepView } from "../../../../pwa/src/screens/debriefs/step-view";
import { newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [A, B] = [newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("team", A, SCOPE, { name: "A", order: 1 });
  await save("team", B, SCOPE, { name: "B", order: 2 });
});

afterEach(cleanup);

async function aCard(text: string, team: string, standing: "agreed" | "posted"): Promise<string> {
  const id = newId();
  await save("card", id, SCOPE, { text, element: "task", standing });
  await save("card_source", newId(), VISITORS, { card: id, team, minute: 4 });
  return id;
}

function show(activity: string): void {
  const step = runbookOf(ROUND).steps.find((each) => each.activity === activity)!;
  render(<StepView board={boardOf(ROUND)} step={step} />);
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("whoever leads and is in no team puts a team's dot on the matched team's card", async () => {
  await aCard("of A", A, "agreed");
  const checked = await aCard("of B", B, "agreed");
  show("cross_check");
  expect(screen.queryByText("of B")).toBeNull();

  press("Check for A here");
  expect(screen.queryByText("of A")).toBeNull();
  press("Vague");

  await expect
    .poll(() => dotsOf(boardOf(ROUND)).get(checked)?.[0]?.fields)
    .toMatchObject({
      team: A,
      reason: "vague",
    });
});

test.each(["cross_check", "how_alike", "one_wall"])(
  "a card that comes late is read at %s, by its team or by whoever leads for it",
  async (activity) => {
    await aCard("of A", A, "agreed");
    const late = await aCard("it came late", B, "posted");
    show(activity);
    expect(screen.queryByText("it came late")).toBeNull();

    press("Read for B here");
    press("We agree");

    await expect.poll(() => record("card", late).value?.fields.standing).toBe("agreed");
  },
);
