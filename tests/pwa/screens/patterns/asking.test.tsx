/** What is chosen under *Narrow down*, and what is taken back there. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, expect, test } from "vitest";
import { askedIn, Asking, OfWhichTime } from "../../../../pwa/src/screens/patterns/asking";

afterEach(cleanup);

function Choosing({ of: Of }: { of: typeof OfWhichTime }) {
  const [asked, setAsked] = useState(askedIn({}));
  return <Of asked={asked} onAsk={setAsked} />;
}

function AskingAll(props: Parameters<typeof OfWhichTime>[0]) {
  return <Asking {...props} questions={[]} />;
}

function narrowDown(): HTMLDetailsElement {
  return screen.getByText("Narrow down").closest("details")!;
}

test("the last choice taken back folds nothing shut under the finger", () => {
  render(<Choosing of={AskingAll} />);
  expect(narrowDown().open).toBe(false);
  narrowDown().open = true;

  for (const subject of ["math", null]) {
    const list = screen.getByLabelText<HTMLSelectElement>("Subject");
    const at = [...list.options].findIndex((option) => option.text === (subject ? "Math" : "All"));
    list.selectedIndex = at;
    fireEvent.change(list);

    expect(narrowDown().open, String(subject)).toBe(true);
  }
});

test("a link that asks for something opens what it asks for, also once the screen stands", () => {
  const { rerender } = render(<Asking asked={askedIn({})} onAsk={() => {}} questions={[]} />);

  rerender(<Asking asked={askedIn({ subject: "math" })} onAsk={() => {}} questions={[]} />);

  expect(narrowDown().open).toBe(true);
});

test("a day that is emptied again leaves the times in sight", () => {
  render(<Choosing of={OfWhichTime} />);
  const from = screen.getByLabelText("From");

  fireEvent.input(from, { target: { value: "2026-10-01" } });
  fireEvent.input(from, { target: { value: "" } });

  expect(narrowDown().open).toBe(true);
});

test("one tap takes back everything that is asked for, and is there only while something is", () => {
  render(<Choosing of={AskingAll} />);
  const clear = () => screen.queryByRole("button", { name: "Ask for everything again" });
  expect(clear()).toBeNull();
  fireEvent.input(screen.getByLabelText("From"), { target: { value: "2026-11-05" } });
  expect(narrowDown().textContent).toContain("from Oct 1, 2026 on");

  fireEvent.click(clear()!);

  expect(screen.getByLabelText<HTMLInputElement>("From").value).toBe("");
  expect(narrowDown().textContent).not.toContain("whole quarters");
  expect(clear()).toBeNull();
});

test("the focus question that is chosen stands whole below its list", () => {
  const words = "Who says why, and to whom, when an answer is not the one that was hoped for?";
  const id = "q0123456789abcdef";
  const question = { id, words, seen: true };
  render(<Asking asked={askedIn({ question: id })} onAsk={() => {}} questions={[question]} />);

  expect(screen.getByText(`“${words}”`)).toBeTruthy();
});
