/** What cannot simply be taken back asks once, and says in the question what it will do. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { AskFirst } from "../../../pwa/src/components/ask-first";

afterEach(cleanup);

function show(act: () => unknown, disabled = false) {
  return render(
    <AskFirst act="Seal" onAct={act} disabled={disabled}>
      <p>Nobody can change it.</p>
    </AskFirst>,
  );
}

const question = () => within(screen.getByRole("dialog"));
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("one press only asks, and says what will happen", () => {
  const act = vi.fn();
  show(act);

  press("Seal");

  expect(act).not.toHaveBeenCalled();
  expect(question().getByText("Nobody can change it.")).toBeTruthy();
});

test("the button in the question says the act, does it and goes", async () => {
  const act = vi.fn(() => Promise.resolve());
  show(act);
  press("Seal");

  fireEvent.click(question().getByRole("button", { name: "Seal" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(act).toHaveBeenCalledTimes(1);
});

test("whoever cancels has done nothing", () => {
  const act = vi.fn();
  show(act);
  press("Seal");

  press("Cancel");

  expect(screen.queryByRole("dialog")).toBeNull();
  expect(act).not.toHaveBeenCalled();
});

test("what is not possible any more since it was asked is not done", () => {
  const act = vi.fn();
  const { rerender } = show(act);
  press("Seal");

  rerender(
    <AskFirst act="Seal" onAct={act} disabled>
      <p>Nobody can change it.</p>
    </AskFirst>,
  );

  expect(question().getByRole<HTMLButtonElement>("button", { name: "Seal" }).disabled).toBe(true);
});
