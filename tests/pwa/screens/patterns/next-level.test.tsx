/** What comes next is read page by page, and what was read stays above what is asked for. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import type { Asked, ItemsPage } from "../../../../pwa/src/screens/patterns/api";
import { NextLevel } from "../../../../pwa/src/screens/patterns/next-level";

afterEach(cleanup);

const asked = { element: "task" } as Asked;

function aPage(text: string, more: string | null): ItemsPage {
  const said = { horizon: "next_month", level: "school", taken_on_by: "coaches" } as const;
  const later = { check_back_on: "2027-01-12", outcome: null, learned: "", of_use: null } as const;
  return { next_level: [{ text, ...said, ...later }], next_level_more: more };
}

/** A server that has one page more, and the addresses it was asked by. */
function aServer(page: ItemsPage): string[] {
  const seen: string[] = [];
  globalThis.fetch = ((path: string) => {
    seen.push(path);
    const headers = { "Sync-Server": "1" };
    return Promise.resolve(new Response(JSON.stringify(page), { headers }));
  }) as typeof fetch;
  return seen;
}

test("more of it comes below what was read, of the same choice, until there is no more", async () => {
  const seen = aServer(aPage("The second", null));
  const { container } = render(
    <NextLevel first={aPage("The first", "place")} of={{ networkId: "n", asked }} />,
  );

  fireEvent.click(screen.getByRole("button", { name: "More of the next level" }));

  await waitFor(() => expect(container.querySelectorAll("li")).toHaveLength(2));
  const read = [...container.querySelectorAll(".row-title")].map((row) => row.textContent);
  expect(read).toEqual(["The first", "The second"]);
  expect(screen.queryByRole("button")).toBeNull();
  expect(seen).toEqual([
    "/api/v1/networks/n/patterns/next-level?element=task&language=en&after=place",
  ]);
});

test("of a part of the patterns it says at its place that next steps are of whole rounds, and why", () => {
  const shownFor = (asked: Partial<Asked>) => {
    const of = { networkId: "n", asked: asked as Asked };
    return render(<NextLevel first={aPage("One", null)} of={of} />).container.textContent;
  };

  expect(shownFor({ grade_band: "6_8" })).toContain("a next step is agreed for a school");
  expect(shownFor({ begins_on: "2026-10-01" })).not.toContain("a next step is agreed");
});
