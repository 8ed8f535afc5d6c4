/**
 * The client and the model tablets of tests/torture run the same schedules and must show the
 * same in the end, byte by byte. Model tablets ran against the real app, the client runs
 * against a server of the tests' own: four programs, one protocol. `SCHEDULES` says how many.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { canonical } from "../../../pwa/src/domain/canonical";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer, type Fault } from "../fake-server";
import { Tablet } from "../tablet";

const OWNERS = ["ana", "ana", "ben"] as const;
const SCOPES = ["round:1", "round:1", "round:2"];
const STEPS = 24;
const EDITS = ["text", "text", "text", "element", "tag", "delete"] as const;
const ELEMENTS = ["teacher", "student", "task", "relation"] as const;
const FAULTS: readonly Fault[] = ["none", "lost_request", "lost_reply", "twice", "reversed"];
const TAG = "focus_questions/eeeeeeee-0000-4000-8000-000000000005";

const path = join(import.meta.dirname, "..", "..", "vectors", "schedules.json");
const recorded = (JSON.parse(readFileSync(path, "utf8")) as { cases: string[] }).cases;
const MANY = Number(process.env["SCHEDULES"] ?? 60);

/** mulberry32, as in tests/torture/schedules.py. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** What a step writes has the id of the step. */
function idsOfStep(schedule: number, step: number): void {
  const bytes = createHash("sha256").update(`${schedule}/${step}`).digest();
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    (array as Uint8Array).set(bytes.subarray(0, (array as Uint8Array).length));
    return array;
  });
}

interface World {
  tablets: Tablet[];
  records: string[];
}

async function aWorld(schedule: number): Promise<World> {
  const server = new FakeServer();
  for (const member of ["ana", "ben"]) server.grant(member, `own:${member}`, "round:1", "round:2");
  const tablets: Tablet[] = [];
  for (const [i, member] of OWNERS.entries()) {
    const tablet = await Tablet.open(server, member, `schedule-${schedule}-${i}`);
    await tablet.pull();
    tablets.push(tablet);
  }
  return { tablets, records: SCOPES.map(() => newId()) };
}

async function takeStep(world: World, step: number, draw: () => number): Promise<void> {
  const [who, what, which, fault] = [draw(), draw(), draw(), draw()];
  const tablet = world.tablets[who % 3]!;
  const edit = EDITS[what % 9];
  if (edit) await takeEdit(tablet, world.records[which % 3]!, SCOPES[which % 3]!, edit, step);
  else if (what % 9 < 8) await tablet.push(FAULTS[fault % FAULTS.length]!);
  else await tablet.pull();
}

async function takeEdit(
  tablet: Tablet,
  id: string,
  scope: string,
  edit: (typeof EDITS)[number],
  step: number,
): Promise<void> {
  const heads = tablet.book.memory.registersOf(id);
  const isThere = Object.keys(heads).length > 0;
  const isDeleted = isThere && tablet.record("card", id) === undefined;
  if (edit === "delete") {
    if (isDeleted) return tablet.book.restore("card", id);
    return isThere ? tablet.book.remove("card", id) : undefined;
  }
  if (isDeleted) return;
  const isTagged = (heads[TAG] ?? []).some((head) => head.value === true);
  const sets = {
    text: { text: `words ${step}` },
    element: { element: ELEMENTS[step % ELEMENTS.length]! },
    tag: { [TAG]: !isTagged },
  };
  await tablet.save("card", id, scope, sets[edit]);
}

function digest({ tablets, records }: World): string {
  const shown = tablets.map((tablet) =>
    records.map((id) => {
      const registers = Object.entries(tablet.book.memory.registersOf(id));
      const isDeleted = registers.length > 0 && tablet.record("card", id) === undefined;
      if (isDeleted) return "deleted";
      const heads = registers.map(([name, all]) => [
        name,
        Object.fromEntries(all.map((head) => [head.id, head.value])),
      ]);
      return Object.fromEntries(heads) as unknown;
    }),
  );
  return createHash("sha256").update(canonical(shown)).digest("hex").slice(0, 16);
}

async function run(schedule: number): Promise<string> {
  const world = await aWorld(schedule);
  const draw = draws(schedule);
  for (let step = 1; step <= STEPS; step++) {
    idsOfStep(schedule, step);
    await takeStep(world, step, draw);
  }
  vi.restoreAllMocks();
  for (let round = 0; round < 3; round++) for (const tablet of world.tablets) await tablet.sync();
  return digest(world);
}

test(`${MANY} recorded schedules end as the model tablets ended them`, async () => {
  for (let schedule = 0; schedule < Math.min(MANY, recorded.length); schedule++)
    expect(await run(schedule), `schedule ${schedule}`).toBe(recorded[schedule]);
}, 600_000);
