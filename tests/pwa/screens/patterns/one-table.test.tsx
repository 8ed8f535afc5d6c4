import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import type { Asked } from "../../../../pwa/src/screens/patterns/api";
import { OneTable } from "../../../../pwa/src/screens/patterns/one-table";

afterEach(cleanup);

test("a table as CSV comes with Excel's mark, or without it for whoever leaves it out", () => {
  const fetched: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    fetched.push(new URL(this.href).searchParams.get("bom")!);
  });
  render(<OneTable networkId="n" asked={{} as Asked} formats={["csv"]} open onClose={() => {}} />);

  const save = screen.getByRole("button", { name: "Save the file" });
  fireEvent.click(save);
  fireEvent.click(
    screen.getByRole("checkbox", { name: "With a mark by which Excel knows accents" }),
  );
  fireEvent.click(save);

  expect(fetched).toEqual(["true", "false"]);
});
