/** Rule 10 of the practice on the view of patterns: what no host has opened is listed, and no more. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Quarter } from "../../../../pwa/src/screens/patterns/api";
import { NotReleased } from "../../../../pwa/src/screens/patterns/not-released";

afterEach(cleanup);

function aQuarter(visited: string, not_released_count: number): Quarter {
  return {
    quarter: "2026-Q4",
    begins_on: "2026-10-01",
    visited,
    rounds_count: 2,
    not_released_count,
  };
}

function lines(): (string | null)[] {
  return screen.queryAllByRole("listitem", { hidden: true }).map((line) => line.textContent);
}

test("a round that is not released is a line of its quarter, and leads nowhere", () => {
  const quarters = [aQuarter("October to December 2026", 2), aQuarter("July to September 2026", 1)];
  const { container } = render(<NotReleased quarters={quarters} />);

  expect(lines()).toEqual([
    "A round, October to December 2026not yet released",
    "A round, October to December 2026not yet released",
    "A round, July to September 2026not yet released",
  ]);
  expect(container.querySelector("a, button, [id]")).toBeNull();
  expect(container.querySelector("details")!.open).toBe(true);
});

test("many lie folded, and where all are released nothing is said", () => {
  const { container, rerender } = render(<NotReleased quarters={[aQuarter("2026", 7)]} />);
  expect(container.querySelector("details")!.open).toBe(false);

  rerender(<NotReleased quarters={[aQuarter("2026", 0)]} />);

  expect(container.textContent).toBe("");
});
