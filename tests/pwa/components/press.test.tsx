import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, expect, test, vi } from "vitest";
import { Button, Form, List, Row } from "../../../pwa/src/components";

afterEach(cleanup);

/** An act that runs until it is told to end. */
function aSlowAct() {
  let end = () => {};
  const act = vi.fn(() => new Promise<void>((done) => (end = done)));
  return { act, end: () => end() };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

test("a second press while the first still runs makes nothing twice", async () => {
  const { act, end } = aSlowAct();
  render(<Button onPress={act}>Post</Button>);
  const button = screen.getByRole("button");

  fireEvent.click(button);
  fireEvent.click(button);
  expect(act).toHaveBeenCalledTimes(1);

  end();
  await settled();
  fireEvent.click(button);
  expect(act).toHaveBeenCalledTimes(2);
});

/** Its acts run until they are told to end; what it says and means changes at once. */
function Strip({ acts }: { acts: { go: (step: number) => Promise<void> } }) {
  const [step, setStep] = useState(3);
  const [more, setMore] = useState(0);
  const go = (act: number, then: () => void) => {
    then();
    return acts.go(act);
  };
  return (
    <>
      <Button onPress={() => go(step, () => setStep(step - 1))}>{`Back to ${step}`}</Button>
      <Button from={more} onPress={() => go(100 + more, () => setMore(more + 2))}>
        +2 min
      </Button>
    </>
  );
}

test("a press that means another act is heard while the disk still writes the first", () => {
  const go = vi.fn(() => new Promise<void>(() => {}));
  render(<Strip acts={{ go }} />);

  fireEvent.click(screen.getByRole("button", { name: "Back to 3" }));
  fireEvent.click(screen.getByRole("button", { name: "Back to 2" }));
  fireEvent.click(screen.getByRole("button", { name: "+2 min" }));
  fireEvent.click(screen.getByRole("button", { name: "+2 min" }));

  expect(go.mock.calls).toEqual([[3], [2], [100], [102]]);
});

test("a row that is pressed twice acts once, and so does a form that is sent twice", () => {
  const [row, form] = [aSlowAct(), aSlowAct()];
  render(
    <>
      <List>
        <Row title="Demo Ridge" onPress={row.act} />
      </List>
      <Form onSubmit={form.act}>
        <input aria-label="Name" />
      </Form>
    </>,
  );

  for (let presses = 0; presses < 2; presses += 1) {
    fireEvent.click(screen.getByRole("button", { name: "Demo Ridge" }));
    fireEvent.submit(screen.getByLabelText("Name").closest("form")!);
  }

  expect(row.act).toHaveBeenCalledTimes(1);
  expect(form.act).toHaveBeenCalledTimes(1);
});

test("what did not work can be pressed again", async () => {
  const act = vi.fn().mockReturnValueOnce(Promise.resolve()).mockReturnValue(undefined);
  render(<Button onPress={act}>Try</Button>);

  fireEvent.click(screen.getByRole("button"));
  await settled();
  fireEvent.click(screen.getByRole("button"));

  expect(act).toHaveBeenCalledTimes(2);
});

function Cards({ agree }: { agree: (card: number) => void }) {
  const [card, setCard] = useState(1);
  const press = () => {
    agree(card);
    setCard(card + 1);
  };
  return (
    <Button key={card} onPress={press}>
      We agree
    </Button>
  );
}

const finger = { pointerType: "touch", detail: 1 };

test("a finger's double press agrees on one card, not on the next one unseen", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const agree = vi.fn();
  render(<Cards agree={agree} />);
  vi.advanceTimersByTime(2_000);

  fireEvent(screen.getByRole("button"), new PointerEvent("click", { bubbles: true, ...finger }));
  vi.advanceTimersByTime(150);
  fireEvent(screen.getByRole("button"), new PointerEvent("click", { bubbles: true, ...finger }));
  expect(agree.mock.calls).toEqual([[1]]);

  vi.advanceTimersByTime(1_000);
  fireEvent(screen.getByRole("button"), new PointerEvent("click", { bubbles: true, ...finger }));
  expect(agree.mock.calls).toEqual([[1], [2]]);
  vi.useRealTimers();
});

test("keys are never too fast: a key knows where the focus is", () => {
  const agree = vi.fn();
  render(<Cards agree={agree} />);

  fireEvent.click(screen.getByRole("button"));
  fireEvent.click(screen.getByRole("button"));

  expect(agree.mock.calls).toEqual([[1], [2]]);
});
