/** Two minutes before a visit: lines to think about, and one that is written for real. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readMeta } from "../../../../pwa/src/db/meta";
import { openOutbox } from "../../../../pwa/src/db/outbox";
import { WarmUp } from "../../../../pwa/src/screens/today/warm-up";
import { me } from "../../../../pwa/src/state/open-network";
import type { Me } from "../../../../pwa/src/state/types";

beforeEach(() => {
  me.value = { person: { id: "ana" }, memberships: [] } as unknown as Me;
});

afterEach(() => {
  cleanup();
  me.value = null;
  vi.restoreAllMocks();
});

const LINES = 8;
const pressed = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

function thinkThrough(answer: (at: number) => string): string[] {
  const read: string[] = [];
  for (let at = 0; at < LINES; at++) {
    pressed(answer(at));
    read.push(screen.getByRole("status").textContent ?? "");
    pressed("Next line");
  }
  return read;
}

async function writeDown(text: string): Promise<void> {
  const field = screen.getByLabelText("Now a line of your own");
  fireEvent.input(field, { target: { value: text } });
  pressed("Write it down");
  await vi.waitFor(() => expect(screen.queryByText("Write it down")).toBeNull());
}

test("whichever way one answers, the same is said: nothing is right, wrong or counted", () => {
  render(<WarmUp />);
  const one = thinkThrough((at) => (at % 2 ? "A camera could" : "A camera could not"));
  cleanup();
  render(<WarmUp />);
  const other = thinkThrough((at) => (at % 2 ? "A camera could not" : "A camera could"));

  expect(one).toEqual(other);
  expect(one.join(" ")).not.toMatch(/right|wrong|correct|well done|great|points?\b/i);
});

test("the last line, one's own, is on this device's disk when it is shown again", async () => {
  render(<WarmUp />);
  thinkThrough(() => "A camera could");

  await writeDown("the clock over the door ticks");

  expect(screen.getByText("the clock over the door ticks")).toBeTruthy();
  expect(await readMeta(openOutbox("ana"), "test_line")).toBe("the clock over the door ticks");
});

test("a device that keeps no line says so before anybody relies on it", async () => {
  render(<WarmUp />);
  thinkThrough(() => "A camera could");
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  fireEvent.input(screen.getByLabelText("Now a line of your own"), { target: { value: "x" } });
  pressed("Write it down");

  expect(await screen.findByText(/did not keep the line/)).toBeTruthy();
});
