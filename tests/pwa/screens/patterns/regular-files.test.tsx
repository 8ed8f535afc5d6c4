/** A file of patterns that is made each month or quarter is wanted once, however often asked. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Asked } from "../../../../pwa/src/screens/patterns/api";
import { MakeRegularly, RegularFiles } from "../../../../pwa/src/screens/patterns/regular-files";
import { aNotebook } from "../evidence/notebook";

beforeEach(async () => {
  await aNotebook();
});
afterEach(cleanup);

const asked = { element: "task" } as Asked;

async function askFor(every: RegExp): Promise<void> {
  let closed = false;
  const onClose = () => (closed = true);
  render(<MakeRegularly {...{ asked, formats: ["csv"], open: true, onClose }} />);
  fireEvent.click(screen.getByText(every));
  fireEvent.click(screen.getByRole("button", { name: "Make it regularly" }));
  await waitFor(() => expect(closed).toBe(true));
  cleanup();
}

const wanted = () => render(<RegularFiles />).container.querySelectorAll("li");

test("asked for twice, the same file is made once; each quarter is another", async () => {
  await askFor(/each month/);
  await askFor(/each month/);
  await askFor(/each quarter/);

  expect(wanted()).toHaveLength(2);
});

test("it is ended after a question", async () => {
  await askFor(/each month/);
  render(<RegularFiles />);

  fireEvent.click(screen.getByRole("button", { name: "End it" }));
  const asked = screen.getByRole("dialog", { name: "End it" });
  expect(asked.textContent).toContain("no more of it will be made");
  fireEvent.click(within(asked).getByRole("button", { name: "End it" }));

  await waitFor(() => expect(screen.queryByRole("list")).toBeNull());
});
