/** A prediction is kept as it is written: what is pressed after it only begins another. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { Predictions } from "../../../../pwa/src/screens/debriefs/predictions";
import { derivedId, newId, save, serverNow } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const CLOCK = { step: newId(), beganAt: null, pausedAt: null, addedMinutes: 0 };

async function predict(...texts: string[]): Promise<void> {
  for (const text of texts) await save("prediction", newId(), SCOPE, { text });
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { predictions_shown: true });
}

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
});

afterEach(cleanup);

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Your prediction");
const predicted = () => boardOf(ROUND).predictions.map(({ fields }) => fields.text);

test("the words are kept with nothing pressed, and the field says so", async () => {
  render(<Predictions board={boardOf(ROUND)} clock={CLOCK} />);
  const hint = document.getElementById(field().getAttribute("aria-describedby")!);
  expect(hint!.textContent).toContain("It is kept as you write");

  fireEvent.input(field(), { target: { value: "I would know why." } });
  fireEvent.blur(field());

  await waitFor(() => expect(predicted()).toEqual(["I would know why."]));
});

test("after it another can be written, and both are kept", async () => {
  const { rerender } = render(<Predictions board={boardOf(ROUND)} clock={CLOCK} />);
  fireEvent.input(field(), { target: { value: "I would know why." } });
  fireEvent.blur(field());
  await waitFor(() => expect(predicted()).toHaveLength(1));
  rerender(<Predictions board={boardOf(ROUND)} clock={CLOCK} />);

  fireEvent.click(screen.getByRole("button", { name: "Write another prediction" }));
  expect(field().value).toBe("");
  fireEvent.input(field(), { target: { value: "I could not say why." } });
  fireEvent.blur(field());

  await waitFor(() => expect(predicted()).toHaveLength(2));
});

test("once all are shown, the field says that what is written stands among them", async () => {
  await save("debrief", derivedId(ROUND, "debrief"), SCOPE, { predictions_shown: true });

  render(<Predictions board={boardOf(ROUND)} clock={CLOCK} />);

  const hint = document.getElementById(field().getAttribute("aria-describedby")!);
  expect(hint!.textContent).toContain("stands with the others");
});

test("two are agreed at most: a third is not offered while two are", async () => {
  await predict("One", "Two", "Three");
  const show = () => <Predictions board={boardOf(ROUND)} clock={CLOCK} />;
  const { rerender } = render(show());
  const box = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

  for (const name of ["One", "Two"]) {
    fireEvent.click(box(name));
    await waitFor(() => {
      rerender(show());
      expect(box(name).checked).toBe(true);
    });
  }

  expect(box("Three").disabled).toBe(true);
  expect(box("Two").disabled).toBe(false);
});

test("where several tablets agreed on three at once, nothing is sealed before one is let go", async () => {
  asLead();
  await predict("One", "Two", "Three");
  for (const { id } of boardOf(ROUND).predictions)
    await save("prediction", id, SCOPE, { agreed: true });
  const show = () => <Predictions board={boardOf(ROUND)} clock={CLOCK} />;
  const { rerender } = render(show());
  const seal = () =>
    screen.getByRole<HTMLButtonElement>("button", { name: "Seal until the revisit" });
  expect(seal().disabled).toBe(true);
  expect(screen.queryByText(/Keep one or two/)).not.toBeNull();

  fireEvent.click(screen.getByLabelText("Three"));

  await waitFor(() => {
    rerender(show());
    expect(seal().disabled).toBe(false);
  });
  expect(screen.queryByText(/Keep one or two/)).toBeNull();
});

test("sealing asks, and says that it is for good and until which day", async () => {
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak", visits_on: "2026-11-13" });
  await predict("One");
  const [only] = boardOf(ROUND).predictions;
  await save("prediction", only!.id, SCOPE, { agreed: true });
  render(<Predictions board={boardOf(ROUND)} clock={CLOCK} />);
  const button = { name: "Seal until the revisit" };

  fireEvent.click(screen.getByRole("button", button));

  expect(boardOf(ROUND).debrief?.sealed_at).toBeFalsy();
  const question = within(screen.getByRole("dialog"));
  const said = question.getByText(/Nobody can change these predictions afterwards/).textContent;
  expect(said).toContain("They open at the revisit on Friday, February 12, 2027.");
  fireEvent.click(question.getByRole("button", button));
  await waitFor(() => expect(boardOf(ROUND).debrief?.sealed_at).toBeTruthy());
  await waitFor(() => expect(boardOf(ROUND).revisit?.meets_on).toBe("2027-02-12"));
});

test("two minutes of silence are counted from the step's begin, until all are shown", async () => {
  const began = { ...CLOCK, beganAt: serverNow() - 18_500, pausedAt: serverNow() };
  const { rerender } = render(<Predictions board={boardOf(ROUND)} clock={began} />);
  expect(screen.queryByText("In silence: 1:42")).not.toBeNull();

  await predict("One");
  rerender(<Predictions board={boardOf(ROUND)} clock={began} />);

  expect(screen.queryByText(/In silence/)).toBeNull();
});

test("while the silent minutes run, showing all says how many have written and asks first", async () => {
  asLead();
  await save("prediction", newId(), SCOPE, { text: "One" });
  const clock = { ...CLOCK, beganAt: serverNow() };
  render(<Predictions board={boardOf(ROUND)} clock={clock} />);
  screen.getByText("1 person has written so far.");

  fireEvent.click(screen.getByRole("button", { name: "Show all together" }));

  expect(boardOf(ROUND).debrief?.predictions_shown).toBeFalsy();
  const question = within(screen.getByRole("dialog"));
  question.getByText(/two silent minutes still run/);
  fireEvent.click(question.getByRole("button", { name: "Show all together" }));
  await waitFor(() => expect(boardOf(ROUND).debrief?.predictions_shown).toBe(true));
});

test("after the silent minutes one press shows all, and it is what the step waits for", async () => {
  asLead();
  await save("prediction", newId(), SCOPE, { text: "One" });
  const clock = { ...CLOCK, beganAt: serverNow() - 121_000 };
  render(<Predictions board={boardOf(ROUND)} clock={clock} />);
  const show = screen.getByRole("button", { name: "Show all together" });
  expect(show.getAttribute("data-look")).toBe("primary");

  fireEvent.click(show);

  await waitFor(() => expect(boardOf(ROUND).debrief?.predictions_shown).toBe(true));
});
