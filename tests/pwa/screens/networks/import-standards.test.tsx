/** A framework's newer edition, before it is taken in: what it dropped is said item by item. */
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadAllWords } from "../../../../pwa/src/i18n";
import type { ImportedStandard, ImportLook } from "../../../../pwa/src/screens/networks/import-api";
import {
  ChooseStandards,
  wantedStandards,
} from "../../../../pwa/src/screens/networks/import-standards";

beforeEach(() => loadAllWords());
afterEach(cleanup);

function anItem(text: string, changed: Partial<ImportedStandard>): ImportedStandard {
  return {
    ...{ row: 1, code: "", text, asks: false, outcome: "same", record: text },
    ...{ part: text, before: null, why: null },
    ...changed,
  };
}

const look: ImportLook = {
  ...{ digest: "", layout: "case", is_old_text: false, places: [], people: [] },
  framework: { title: "What we ask", creator: "", outcome: "same" },
  standards: [
    anItem("Our questions", {}),
    anItem("Mathematics", { outcome: "new", row: 2 }),
    anItem("Who says why?", { outcome: "dropped", row: null, part: null, asks: true }),
  ],
  ...{ forgotten: {}, left_out: {}, not_read: [] },
};

test("what a newer edition dropped is told and goes, whichever parts are ticked", () => {
  const chosen = new Set<string>();
  render(<ChooseStandards look={look} chosen={chosen} onChange={() => {}} />);

  expect(wantedStandards(look, chosen).map(({ text }) => text)).toEqual(["Who says why?"]);
  expect(screen.getByRole("status").textContent).toMatch(/1 of before offered no more$/);
  const lines = screen.getAllByRole("listitem").map((line) => line.textContent);
  expect(lines).toEqual(["Who says why?focus questionOffered no more"]);
});
