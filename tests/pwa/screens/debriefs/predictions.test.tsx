/** A prediction is kept as it is written: what is pressed after it only begins another. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { Predictions } from "../../../../pwa/src/screens/debriefs/predictions";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
});

afterEach(cleanup);

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Your prediction");
const predicted = () => boardOf(ROUND).predictions.map(({ fields }) => fields.text);

test("the words are kept with nothing pressed, and the field says so", async () => {
  render(<Predictions board={boardOf(ROUND)} />);
  const hint = document.getElementById(field().getAttribute("aria-describedby")!);
  expect(hint!.textContent).toContain("It is kept as you write");

  fireEvent.input(field(), { target: { value: "I would know why." } });
  fireEvent.blur(field());

  await waitFor(() => expect(predicted()).toEqual(["I would know why."]));
});

test("after it another can be written, and both are kept", async () => {
  const { rerender } = render(<Predictions board={boardOf(ROUND)} />);
  fireEvent.input(field(), { target: { value: "I would know why." } });
  fireEvent.blur(field());
  await waitFor(() => expect(predicted()).toHaveLength(1));
  rerender(<Predictions board={boardOf(ROUND)} />);

  fireEvent.click(screen.getByRole("button", { name: "Write another prediction" }));
  expect(field().value).toBe("");
  fireEvent.input(field(), { target: { value: "I could not say why." } });
  fireEvent.blur(field());

  await waitFor(() => expect(predicted()).toHaveLength(2));
});

test("once all are shown, the field says that what is written stands among them", async () => {
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { predictions_shown: true });

  render(<Predictions board={boardOf(ROUND)} />);

  const hint = document.getElementById(field().getAttribute("aria-describedby")!);
  expect(hint!.textContent).toContain("stands with the others");
});
