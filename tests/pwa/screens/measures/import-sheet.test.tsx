/** A file of numbers says row by row what it will do; what is taken in is queued as a whole. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ImportPoints } from "../../../../pwa/src/screens/measures/import-sheet";
import {
  pointId,
  pointsOf,
  savePoint,
  type MeasureView,
} from "../../../../pwa/src/screens/measures/series";
import { notebook, record, save } from "../../../../pwa/src/state/records";
import { openOutbox, type Outbox } from "../../../../pwa/src/db/outbox";
import { FailingDisk } from "../../db/failing-disk";
import { aNotebook, asLead, NETWORK } from "../evidence/notebook";

const MEASURE = "55555555-5555-4555-8555-555555555555";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});
beforeEach(() => asItWas());
afterEach(cleanup);

/** Three numbers that were typed before. */
async function asItWas(outbox?: Outbox): Promise<void> {
  await aNotebook(outbox);
  asLead();
  const set = { title: "Late", numbers: "share", base: "students" } as const;
  await save("measure", MEASURE, `network:${NETWORK}`, set);
  for (const [on, value] of [
    ["2026-01-05", "11"],
    ["2026-01-12", "12"],
    ["2026-01-19", "13"],
  ] as const) {
    const point = { on, value, outOf: "30", note: "" };
    await savePoint(measure(), pointId(MEASURE, on), point);
  }
}

function measure(): MeasureView {
  return record("measure", MEASURE).value as MeasureView;
}

function choose(bytes: Uint8Array<ArrayBuffer>): void {
  render(<ImportPoints measure={measure()} open onClose={() => {}} />);
  const files = [new File([bytes], "numbers.csv", { type: "text/csv" })];
  fireEvent.change(screen.getByLabelText("Choose a file"), { target: { files } });
}

async function rowsOf(): Promise<(string | null)[][]> {
  await screen.findByText("Row by row");
  const rows = screen.getAllByRole("row").slice(1);
  return rows.map((row) => [...row.children].map((cell) => cell.textContent));
}

const FILE = [
  "date,value,out_of,note",
  "2026-01-05,11,30,",
  "2026-01-12,14,30,",
  "2026-01-19,13,30,Snow",
  "2026-01-26,of fewer than 10,fewer than 10,",
  "2026-02-02,9,30,A fair",
].join("\n");

test("each row of the file says what becomes of it, in the order of the file", async () => {
  choose(new TextEncoder().encode(FILE));

  expect(await rowsOf()).toEqual([
    ["Jan 5, 2026 row 2", "11 of 30", "as now"],
    ["Jan 12, 2026 row 3", "14 of 30", "until now 12 of 30"],
    ["Jan 19, 2026 row 4Snow", "13 of 30", "another note"],
    ["2026-01-26 row 5", "", "brings no number"],
    ["Feb 2, 2026 row 6A fair", "9 of 30", "new"],
  ]);
});

test("everything is in the queue for the disk before anything of it is waited for", async () => {
  choose(new TextEncoder().encode(FILE));
  await rowsOf();

  fireEvent.click(screen.getByRole("button", { name: "Take it in" }));

  expect(pointsOf(MEASURE).map(({ fields }) => fields.value)).toEqual(["11", "14", "13", "9"]);
  await waitFor(() => expect(notebook.value!.waiting.value.count).toBeGreaterThan(0));
});

test("an older spreadsheet's accents are those that were typed, and are to be looked at", async () => {
  const old = FILE.replace("A fair", "Clausur@");
  const bytes = new TextEncoder().encode(old).map((byte) => (byte === 0x40 ? 0xe1 : byte));
  choose(bytes);

  expect((await rowsOf())[4]![0]).toContain("Clausurá");
  expect(screen.getByText(/saved in an older way/)).toBeTruthy();
});

test("a file with bad rows names each by row and column, and none of its good rows is taken", async () => {
  const bad = FILE.replace("2026-01-12,14,30,", "2026-01-12,31,30,").replace("9,30,A", "9,,A");
  choose(new TextEncoder().encode(bad));

  await screen.findByText("Row 3, column “value”: this is more than all of them.");
  expect(screen.getByText(/^Row 6, column “out_of”: out of how many\?/)).toBeTruthy();
  const takeIn = screen.getByRole<HTMLButtonElement>("button", { name: "Take it in" });
  expect(takeIn.disabled || takeIn.getAttribute("aria-disabled") === "true").toBe(true);
  fireEvent.click(takeIn);
  expect(pointsOf(MEASURE).map(({ fields }) => fields.value)).toEqual(AT_FIRST);
});

test("what is no text is refused in words", async () => {
  choose(new Uint8Array([0x50, 0x4b, 0, 0]));

  expect((await screen.findByRole("alert")).textContent).toContain("letters cannot be read");
});

const AT_FIRST = ["11", "12", "13"];
const TAKEN_IN = ["11", "14", "13", "9"];

/** The numbers that the app finds when it is opened again on this disk. */
async function openedAgain(name: string): Promise<(string | null)[]> {
  await aNotebook(openOutbox(name));
  return pointsOf(MEASURE).map(({ fields }) => fields.value);
}

test("killed at any call to the disk, a file of numbers is there whole or not at all", async () => {
  const ends: string[] = [];
  for (let call = 1; ; call += 1) {
    const name = `robin-${call}`;
    await asItWas(openOutbox(name));
    choose(new TextEncoder().encode(FILE));
    await rowsOf();

    const disk = new FailingDisk(call, "killed");
    fireEvent.click(screen.getByRole("button", { name: "Take it in" }));
    await waitFor(() => expect(disk.wasHit || !notebook.value!.editing.value).toBe(true));
    await waitFor(() => expect(notebook.value!.trouble.value).toBe(disk.wasHit));
    disk.heal();
    cleanup();

    const found = await openedAgain(name);
    expect([AT_FIRST, TAKEN_IN], `killed at call ${call}`).toContainEqual(found);
    ends.push(found.length === AT_FIRST.length ? "nothing" : "all");
    if (!disk.wasHit) break;
  }
  expect(new Set(ends)).toEqual(new Set(["nothing", "all"]));
  expect(ends.length, "calls that were cut").toBeGreaterThan(5);
});
