/** What lies over a screen: sheets, menus, toasts. */
import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Button, Menu, Sheet, showToast, Toasts } from "../../../pwa/src/components";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  act(() => void vi.runAllTimers());
  vi.useRealTimers();
  cleanup();
});

function WithSheet() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>Invite</Button>
      <Sheet open={open} title="Invite one person" onClose={() => setOpen(false)}>
        <p>Who is it?</p>
      </Sheet>
    </>
  );
}

test("a sheet is a modal dialog that bears its title, and closes", () => {
  render(<WithSheet />);
  expect(screen.queryByText("Who is it?")).toBeNull();

  fireEvent.click(screen.getByText("Invite"));
  const dialog = screen.getByRole("dialog", { name: "Invite one person" });
  expect(dialog.hasAttribute("open")).toBe(true);

  fireEvent.click(screen.getByText("Close"));
  expect(screen.queryByText("Who is it?")).toBeNull();
});

test("a press beside the sheet closes it, a press within does not", () => {
  render(<WithSheet />);
  fireEvent.click(screen.getByText("Invite"));

  fireEvent.click(screen.getByText("Who is it?"));
  expect(screen.queryByText("Who is it?")).not.toBeNull();

  fireEvent.click(screen.getByRole("dialog"));
  expect(screen.queryByText("Who is it?")).toBeNull();
});

test("a menu closes before it acts, and its arrows go round", () => {
  const edit = vi.fn();
  const items = [
    { label: "Edit", onPress: edit },
    { label: "Move to", onPress: vi.fn() },
  ];
  render(<Menu label="More" heard="More for V3" items={items} />);
  fireEvent.click(screen.getByRole("button", { name: "More for V3" }));
  const first = screen.getByText("Edit");
  first.focus();

  fireEvent.keyDown(first, { key: "ArrowUp" });
  expect(document.activeElement?.textContent).toBe("Move to");

  fireEvent.click(first);
  expect(edit).toHaveBeenCalledOnce();
  expect(screen.queryByText("Edit")).toBeNull();
});

test("a toast is said politely, undoes once, and goes", () => {
  const undo = vi.fn();
  render(<Toasts />);
  act(() => void showToast({ text: "Removed", undo }));
  expect(screen.getByRole("status").textContent).toContain("Removed");

  fireEvent.click(screen.getByText("Undo"));

  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Removed")).toBeNull();
});

test("a toast that is no longer true is taken away", () => {
  render(<Toasts />);
  let takeAway = () => {};
  act(() => {
    takeAway = showToast({ text: "You are in V4 now." });
    showToast({ text: "Removed" });
  });

  act(() => takeAway());

  expect(screen.queryByText("You are in V4 now.")).toBeNull();
  expect(screen.queryByText("Removed")).not.toBeNull();
});

test("a pointer that rests where a toast comes up does not keep it; one that moves there does", () => {
  render(<Toasts />);
  act(() => void showToast({ text: "Removed", undo: vi.fn() }));
  fireEvent.pointerEnter(screen.getByText("Removed"));
  act(() => void vi.advanceTimersByTime(10_000));
  expect(screen.queryByText("Removed")).toBeNull();

  act(() => void showToast({ text: "Moved", undo: vi.fn() }));
  fireEvent.pointerMove(screen.getByText("Moved"));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.queryByText("Moved")).not.toBeNull();
  fireEvent.pointerLeave(screen.getByText("Moved").parentElement!);
  act(() => void vi.advanceTimersByTime(10_000));
  expect(screen.queryByText("Moved")).toBeNull();
});

test("a toast waits while somebody is about to press undo", () => {
  render(<Toasts />);
  act(() => void showToast({ text: "Removed", undo: vi.fn() }));

  act(() => screen.getByText("Undo").focus());
  act(() => void vi.advanceTimersByTime(60_000));
  expect(screen.queryByText("Removed")).not.toBeNull();

  act(() => screen.getByText("Undo").blur());
  act(() => void vi.advanceTimersByTime(8_000));
  expect(screen.queryByText("Removed")).toBeNull();
});
