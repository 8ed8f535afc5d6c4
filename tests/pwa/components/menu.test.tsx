/** A menu as a finger meets it: named, with a way out, and open when it was opened again. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { MenuDialog } from "../../../pwa/src/components";

afterEach(cleanup);

const ITEMS = [{ label: "Reasons", onPress: () => undefined }];

function show(onClose: () => void) {
  render(<MenuDialog label="Where to?" title="Where to?" items={ITEMS} open onClose={onClose} />);
  return document.querySelector("dialog")!;
}

test("word of an earlier closing does not close a menu that was opened again since", () => {
  const onClose = vi.fn();
  const dialog = show(onClose);

  fireEvent(dialog, new Event("close"));
  expect(onClose).not.toHaveBeenCalled();

  dialog.close();
  expect(onClose).toHaveBeenCalled();
});

test("a menu that says what it is about is left by a button too, which comes last", () => {
  const onClose = vi.fn();
  show(onClose);
  expect(screen.getByRole("heading", { name: "Where to?" })).toBeDefined();

  const buttons = screen.getAllByRole("button");
  expect(buttons.at(-1)!.textContent).toBe("Close");
  fireEvent.click(buttons.at(-1)!);

  expect(onClose).toHaveBeenCalledOnce();
});
