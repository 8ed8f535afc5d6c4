/**
 * Whichever call to IndexedDB fails, and in whichever way: nothing that was called saved is
 * lost, nothing is sent twice, and once the disk is well again everything arrives.
 */
import { afterEach, expect, test, vi } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";
import { FailingDisk, WAYS, type Way } from "./failing-disk";

afterEach(() => vi.restoreAllMocks());

/** What a person was told, while the disk failed under them. */
interface Told {
  /** The newest text of each note that was called saved. */
  saved: Map<string, string>;
  /** Every text that was typed into a note: what may be there without a word said of it. */
  typed: Map<string, string[]>;
}

const nothing = () => undefined;

async function type(tablet: Tablet, told: Told, id: string, text: string): Promise<void> {
  told.typed.set(id, [...(told.typed.get(id) ?? []), text]);
  await tablet.save("note", id, "own:ana", { text }).then(() => told.saved.set(id, text), nothing);
}

/** Written, amended, sent, lost on the way back, sent again, read, edited, deleted. */
async function aDay(tablet: Tablet, told: Told): Promise<void> {
  const [first, second, third] = [newId(), newId(), newId()];
  await type(tablet, told, first, "T: whe");
  await type(tablet, told, first, "T: where");
  await tablet.push("lost_reply").catch(nothing);
  await type(tablet, told, second, "S: six");
  await tablet.push().catch(nothing);
  await tablet.pull().catch(nothing);
  await type(tablet, told, first, "T: where does it come from?");
  await type(tablet, told, third, "sheet");
  await tablet.push().catch(nothing);
  await tablet.pull().catch(nothing);
}

async function aTablet(): Promise<Tablet> {
  const server = new FakeServer();
  server.grant("ana", "own:ana");
  return Tablet.open(server, "ana", `ana-${newId()}`);
}

function expectNothingLost(tablet: Tablet, told: Told, when: string): void {
  for (const [id, text] of told.saved) {
    const typed = told.typed.get(id)!;
    const shown = tablet.texts(id);
    const newer = typed.slice(typed.indexOf(text));
    expect([when, shown.some((one) => newer.includes(one))], `${id}: ${text}`).toEqual([
      when,
      true,
    ]);
  }
}

/** One fault that a second try gets over: nobody hears of it. */
function expectNobodyNoticed(told: Told, when: string): void {
  const last = [...told.typed].map(([id, typed]) => [id, typed.at(-1)!] as const);
  expect([when, new Map(told.saved)]).toEqual([when, new Map(last)]);
}

async function fail(at: number, way: Way): Promise<boolean> {
  const tablet = await aTablet();
  const told: Told = { saved: new Map(), typed: new Map() };
  const disk = new FailingDisk(at, way);
  await aDay(tablet, told);
  disk.heal();
  if (WAYS[way].after === "well") expectNobodyNoticed(told, `${way} at call ${at}`);
  await tablet.reopen();
  expectNothingLost(tablet, told, `${way} at call ${at}, opened again`);
  await tablet.sync();
  await tablet.sync();
  expectNothingLost(tablet, told, `${way} at call ${at}, sent`);
  const ids = [...tablet.server.db.ids.keys()];
  expect(new Set(ids).size).toBe(ids.length);
  expect(tablet.book.waiting.value.count, `${way} at call ${at}`).toBe(0);
  return disk.wasHit;
}

test.each(Object.keys(WAYS) as Way[])(
  "whichever call fails (%s), what was called saved is there, and arrives",
  async (way) => {
    let at = 1;
    while (await fail(at, way)) at += 1;

    expect(at).toBeGreaterThan(way === "unheard" ? 20 : 100);
  },
  120_000,
);
