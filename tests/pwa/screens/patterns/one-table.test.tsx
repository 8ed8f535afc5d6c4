import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test, vi } from "vitest";
import type { Asked } from "../../../../pwa/src/screens/patterns/api";
import { OneTable } from "../../../../pwa/src/screens/patterns/one-table";

afterEach(cleanup);

/** A server to which tables are large or small; what was ordered of it, and what is fetched. */
function aServer(inBackground: boolean) {
  const ordered: URLSearchParams[] = [];
  const fetched: URL[] = [];
  const ours = { status: 201, headers: { "Sync-Server": "1" } };
  globalThis.fetch = ((path: string) => {
    ordered.push(new URL(path, location.href).searchParams);
    return Promise.resolve(Response.json({ in_background: inBackground }, ours));
  }) as typeof fetch;
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    fetched.push(new URL(this.href));
  });
  return { ordered, fetched };
}

function open() {
  render(
    <LocationProvider>
      <OneTable networkId="n" asked={{} as Asked} formats={["csv"]} open onClose={() => {}} />
    </LocationProvider>,
  );
  return screen.getByRole("button", { name: "Save the file" });
}

test("a table as CSV comes with Excel's mark, or without it for whoever leaves it out", async () => {
  const { fetched } = aServer(false);
  const save = open();

  fireEvent.click(save);
  await vi.waitFor(() => expect(fetched).toHaveLength(1));
  fireEvent.click(
    screen.getByRole("checkbox", { name: "With a mark by which Excel knows accents" }),
  );
  fireEvent.click(save);
  await vi.waitFor(() => expect(fetched).toHaveLength(2));

  expect(fetched.map((each) => each.searchParams.get("bom"))).toEqual(["true", "false"]);
});

test("a large table is not waited for: it is ordered, and the way leads to one's own files", async () => {
  const { ordered, fetched } = aServer(true);

  fireEvent.click(open());

  await vi.waitFor(() => expect(location.pathname).toBe("/patterns/files"));
  expect(ordered.map((each) => each.get("table"))).toEqual(["codebook"]);
  expect(fetched).toEqual([]);
});
