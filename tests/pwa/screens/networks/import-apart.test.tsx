/** What a file holds and is not taken in: files of a zip too, each with the reason. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadAllWords, setLanguage } from "../../../../pwa/src/i18n";
import { Apart } from "../../../../pwa/src/screens/networks/import-apart";
import type { ImportLook } from "../../../../pwa/src/screens/networks/import-api";

beforeEach(() => loadAllWords());
afterEach(async () => {
  cleanup();
  await setLanguage("en");
});

const look: ImportLook = {
  ...{ digest: "", layout: "ed_fi", is_old_text: false, places: [], people: [] },
  ...{ framework: null, standards: [], forgotten: {}, left_out: {} },
  not_read: [
    { name: "calendars.csv", why: "not_needed" },
    { name: "schools.csv", why: "places" },
  ],
};

test("each file of a zip that was not read stands with its reason, in both languages", async () => {
  const { rerender } = render(<Apart look={look} />);
  const lines = () => screen.getAllByRole("listitem").map((line) => line.textContent);
  expect(screen.getByText("2 files of the packed file were not read:")).toBeTruthy();
  expect(lines()[0]).toMatch(/^calendars.csvNothing in it is needed here/);
  expect(lines()[1]).toMatch(/^schools.csvSchools and districts do not come from this/);

  await setLanguage("es");
  rerender(<Apart look={{ ...look }} />);
  expect(lines()[1]).toMatch(/^schools.csvLas escuelas y los distritos no se toman/);
});

test("where everything was read nothing is said", () => {
  render(<Apart look={{ ...look, not_read: [] }} />);
  expect(screen.queryByRole("heading")).toBeNull();
});
