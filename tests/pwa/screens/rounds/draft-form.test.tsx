import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DraftForm } from "../../../../pwa/src/screens/rounds/draft-form";
import { planOf } from "../../../../pwa/src/screens/rounds/round-plan";
import { save } from "../../../../pwa/src/state";
import { aNotebook, ROUND } from "../evidence/notebook";

beforeEach(async () => {
  await aNotebook();
  await save("round", ROUND, `round:${ROUND}`, { title: "Sample", begins_at: "08:00" });
});
afterEach(cleanup);

const form = () => render(<DraftForm plan={planOf(ROUND)!} />);
const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

test("a wish that was typed is still there when the lead comes back to the plan", () => {
  const first = form();
  expect(value("Visits from")).toBe("08:30");

  fireEvent.input(screen.getByLabelText("Visits from"), { target: { value: "09:15" } });
  fireEvent.input(screen.getByLabelText("Visits a team"), { target: { value: "3" } });
  fireEvent.click(screen.getByLabelText("People of the host school visit too"));
  first.unmount();
  form();

  expect([value("Visits from"), value("Visits a team")]).toEqual(["09:15", "3"]);
  const box = screen.getByLabelText<HTMLInputElement>("People of the host school visit too");
  expect(box.checked).toBe(true);
});

test("a number that is not whole yet is no wish", () => {
  form();

  fireEvent.input(screen.getByLabelText("Visits a team"), { target: { value: "" } });
  fireEvent.input(screen.getByLabelText("Visits a team"), { target: { value: "40" } });

  expect(planOf(ROUND)?.round.fields.visits_per_team).toBeNull();
});
