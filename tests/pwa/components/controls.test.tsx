import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { afterEach, expect, test, vi } from "vitest";
import {
  Button,
  Choice,
  ElementMark,
  Select,
  TextArea,
  TextField,
  Toggle,
} from "../../../pwa/src/components";

afterEach(cleanup);

test("a field is found by its label, and says its hint and what is wrong with it", () => {
  render(
    <TextField label="Name" hint="As others read it" wrong="Too long" value="" onInput={vi.fn()} />,
  );

  const field = screen.getByLabelText("Name");
  const described = field.getAttribute("aria-describedby") ?? "";
  const words = described.split(" ").map((id) => document.getElementById(id)?.textContent);
  expect(words).toEqual(["As others read it", "Too long"]);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toBe("Too long");
});

test("a field without a fault is not called wrong", () => {
  render(<TextField label="Name" value="" onInput={vi.fn()} />);

  expect(screen.getByLabelText("Name").hasAttribute("aria-invalid")).toBe(false);
});

test("a quotation is typed without autocorrect and capitals", () => {
  render(<TextArea label="Note" assist={false} value="" onInput={vi.fn()} />);

  const area = screen.getByLabelText("Note");
  expect(area.getAttribute("autocorrect")).toBe("off");
  expect(area.getAttribute("autocapitalize")).toBe("off");
});

test("return in a line of text does its act, but not while a character is being composed", () => {
  const act = vi.fn();
  render(<TextField label="Name" value="" onInput={vi.fn()} onEnter={act} />);
  const field = screen.getByLabelText("Name");

  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(act).not.toHaveBeenCalled();

  fireEvent.keyDown(field, { key: "Enter" });
  expect(act).toHaveBeenCalledOnce();
});

test("one of a few is a group of radio buttons with the group's name", () => {
  const chosen = vi.fn();
  const options = [
    { value: "few", label: "few" },
    { value: "most", label: "most" },
  ] as const;
  render(<Choice label="How many" options={options} value="few" onChange={chosen} />);

  expect(screen.getByRole("group", { name: "How many" })).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("few").checked).toBe(true);
  fireEvent.click(screen.getByLabelText("most"));
  expect(chosen).toHaveBeenCalledWith("most");
});

function Chosen() {
  const [value, setValue] = useState<"a" | "b" | null>("a");
  const options = [
    { value: "a", label: "School A" },
    { value: "b", label: "School B" },
  ] as const;
  return (
    <>
      <Select label="School" none="Not said" options={options} value={value} onChange={setValue} />
      <output>{String(value)}</output>
    </>
  );
}

test("one of many can go back to nothing chosen", () => {
  render(<Chosen />);
  const select = screen.getByLabelText<HTMLSelectElement>("School");

  fireEvent.change(select, { target: { value: "b" } });
  expect(screen.getByRole("status").textContent).toBe("b");

  fireEvent.change(select, { target: { value: "" } });
  expect(screen.getByRole("status").textContent).toBe("null");
});

test("a switch is a switch by name, with its hint beside the name", () => {
  render(<Toggle label="Large type" hint="On this device" checked={false} onChange={vi.fn()} />);

  const toggle = screen.getByRole("switch", { name: "Large type" });
  const hint = document.getElementById(toggle.getAttribute("aria-describedby") ?? "");
  expect(hint?.textContent).toBe("On this device");
});

test("a button sends no form unless it says so", () => {
  render(<Button>Close</Button>);

  expect(screen.getByRole("button", { name: "Close" }).getAttribute("type")).toBe("button");
});

test("the word of a core element is always there, and its shape has a name to be drawn by", () => {
  const { container } = render(
    <>
      <ElementMark element="teacher" word="hidden" />
      <ElementMark element="student" />
    </>,
  );

  const named = [...container.querySelectorAll<HTMLElement>(".mark")].map((mark) => mark.dataset);
  expect(named.map(({ element }) => element)).toEqual(["teacher", "student"]);
  expect(screen.getByText("Teacher")).toBeTruthy();
  expect(screen.getByText("Students")).toBeTruthy();
});
