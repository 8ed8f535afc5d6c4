/**
 * Three tablets, one server, any order of edits, faults, restarts, restores and revocations.
 * One keeps both rounds in packs from the beginning, one never does, and rounds enter and
 * leave the archive: nobody's words may depend on it.
 *
 * The oracle knows texts and what people were *shown* when they wrote them, never `seen`:
 * a text is alive unless somebody who saw it wrote over it, or deleted what they saw.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer, type Fault } from "../fake-server";
import { Tablet } from "../tablet";

const ROUNDS = ["round:1", "round:2"] as const;
const OWNERS = ["ana", "ana", "ben"] as const;
const RUNS = Number(process.env["MODEL_RUNS"] ?? 60);
const PERSON: readonly Fault[] = [
  ...(["none", "none", "none", "lost_request", "lost_reply"] as const),
  ...(["twice", "reversed", "portal", "busy", "redirect"] as const),
];

interface Written {
  record: string;
  by: Tablet;
  /** Texts that the writer was shown and wrote over. */
  over: string[];
  deletes: boolean;
}

interface World {
  server: FakeServer;
  tablets: Tablet[];
  records: { id: string; scope: string }[];
  written: Map<string, Written>;
  backups: ReturnType<FakeServer["backup"]>[];
  covered: Record<string, number>;
  tokens: number;
}

function count(world: World, what: string): void {
  world.covered[what] = (world.covered[what] ?? 0) + 1;
}

async function aWorld(): Promise<World> {
  const server = new FakeServer();
  server.pageLimit = 3;
  const scopes = ["round:1", "round:1", "round:2"];
  for (const member of ["ana", "ben"]) server.grant(member, `own:${member}`, "round:1", "round:2");
  const tablets: Tablet[] = [];
  for (const [i, member] of OWNERS.entries()) {
    tablets.push(await Tablet.open(server, member, `${member}-${i}`));
    if (i === 0) tablets[i]!.archived = new Set(ROUNDS);
    await tablets[i]!.pull();
  }
  const records = scopes.map((scope) => ({ id: newId(), scope }));
  return {
    ...{
      server,
      tablets,
      records,
      written: new Map(),
      backups: [],
      covered: {},
      tokens: 0,
    },
  };
}

/** Every text of the record that the person can see now. */
function shownTexts(tablet: Tablet, id: string): string[] {
  const view = tablet.record("card", id);
  if (!view) return [];
  const versions = view.versions["text"]?.map((each) => String(each.value));
  return versions ?? (view.fields.text === "" ? [] : [view.fields.text]);
}

/** As the app does before it shows anything of a round. */
async function openRound(world: World, tablet: Tablet, scope: string): Promise<void> {
  const opening = tablet.book.open([scope]);
  if (opening) count(world, "opened from packs");
  await opening;
}

async function edit(world: World, who: number, which: number, resolve: boolean): Promise<void> {
  const tablet = world.tablets[who]!;
  const { id, scope } = world.records[which]!;
  await openRound(world, tablet, scope);
  if (!tablet.book.memory.scopes.value.includes(scope)) return;
  if (!tablet.record("card", id) && tablet.book.memory.scopeAndKind(id)) return;
  const shown = shownTexts(tablet, id);
  const text = `t${world.tokens++}`;
  if (shown.length > 1) count(world, resolve ? "resolved" : "edited in conflict");
  world.written.set(text, {
    ...{ record: id, by: tablet, deletes: false },
    over: resolve ? shown : shown.slice(0, 1),
  });
  await tablet.save("card", id, scope, { text }, { resolve });
}

/** The server may forget what only it knew; texts that are nowhere were amended away. */
function isApplied(world: World, text: string): boolean {
  const rows = [...world.server.db.log.values()];
  return rows.some((row) => row.status === "applied" && row.body?.set["text"] === text);
}

function isKnown(world: World, text: string): boolean {
  return [...world.server.db.log.values()].some((row) => row.body?.set["text"] === text);
}

function writersOver(world: World, text: string): string[] {
  return [...world.written].filter(([, each]) => each.over.includes(text)).map(([name]) => name);
}

/** Applied itself, or amended, before it was ever sent, into something applied. */
function tookEffect(world: World, text: string): boolean {
  if (isApplied(world, text)) return true;
  if (isKnown(world, text)) return false;
  return writersOver(world, text).some((next) => tookEffect(world, next));
}

function aliveTexts(world: World, record: string): string[] {
  const texts = [...world.written].filter(([, each]) => each.record === record);
  return texts
    .map(([text]) => text)
    .filter((text) => isApplied(world, text))
    .filter((text) => !writersOver(world, text).some((next) => tookEffect(world, next)))
    .sort();
}

async function settleDown(world: World): Promise<void> {
  for (let round = 0; round < 3; round++) {
    for (const tablet of world.tablets) {
      tablet.now += 60_000;
      await tablet.sync();
      await tablet.book.open(ROUNDS);
    }
  }
}

/** What I saved is on my screen, in my tray, written over by somebody who saw it, or my scope is gone. */
function checkOwnWords(world: World): void {
  for (const [text, { record, by }] of world.written) {
    if (writersOver(world, text).length > 0) continue;
    const { scope } = world.records.find((each) => each.id === record)!;
    if (!world.server.grants.has(`${by.member} ${scope}`) || world.covered["revoke"]) continue;
    const tray = by.book.setAside.value.some((each) => each.values["text"] === text);
    expect(tray || shownTexts(by, record).includes(text), `${text} vanished`).toBe(true);
  }
}

type Step = (world: World) => Promise<void>;

const tablet = fc.nat({ max: 2 });
const fault = fc.constantFrom(...PERSON);

const steps: fc.Arbitrary<{ name: string; run: Step }> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ name: fc.constant("edit"), run: editStep() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      name: fc.constant("conflict"),
      run: conflictStep(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ name: fc.constant("push"), run: pushStep() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ name: fc.constant("pull"), run: pullStep() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant("restart"), run: restartStep() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant("restore"), run: restoreStep() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant("revoke"), run: revokeStep() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant("tag"), run: tagStep() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constant("archive"), run: archiveStep() }),
  },
);

function editStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, tablet, fc.boolean()).map(
    ([who, which, resolve]): Step =>
      (world) =>
        edit(world, who, which, resolve),
  );
}

/** Two at once on what both saw, and a third who sees both. */
function conflictStep(): fc.Arbitrary<Step> {
  return fc
    .tuple(tablet, tablet, fault, fc.boolean())
    .map(([who, which, how, resolve]): Step => async (world) => {
      const [a, b, c] = [who, (who + 1) % 3, (who + 2) % 3] as const;
      await edit(world, a, which, false);
      await edit(world, b, which, false);
      await world.tablets[a]!.push();
      await world.tablets[b]!.push(how);
      await world.tablets[c]!.pull();
      await edit(world, c, which, resolve);
    });
}

function pushStep(): fc.Arbitrary<Step> {
  return fc
    .tuple(tablet, fc.array(fault, { maxLength: 2 }))
    .map(([who, faults]): Step => async (world) => {
      for (const each of faults) count(world, each);
      await world.tablets[who]!.push(...faults);
    });
}

function pullStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, fc.array(fault, { maxLength: 3 })).map(
    ([who, faults]): Step =>
      async (world) =>
        void (await world.tablets[who]!.pull(...faults)),
  );
}

function restartStep(): fc.Arbitrary<Step> {
  return tablet.map(
    (who): Step =>
      (world) =>
        world.tablets[who]!.restart(),
  );
}

/** A backup, more work, and the server as it was before that work. */
function restoreStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, tablet, fc.boolean()).map(([who, which, told]): Step => async (world) => {
    const backup = world.server.backup();
    await edit(world, who, which, false);
    await world.tablets[who]!.sync();
    world.server.restore(backup, told ? `e${world.tokens}` : undefined);
    await edit(world, (who + 1) % 3, (which + 1) % 3, false);
    await world.tablets[(who + 1) % 3]!.push();
    count(world, "restore");
  });
}

/** A scope is taken away and given back: what was written meanwhile waits in the tray. */
function revokeStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, tablet).map(([who, which]): Step => async (world) => {
    const { scope } = world.records[which]!;
    const one = world.tablets[who]!;
    world.server.revoke(one.member, scope);
    await edit(world, who, which, false);
    await one.push();
    if (one.book.setAside.value.length > 0) count(world, "set aside");
    world.server.grant(one.member, scope);
    for (const held of one.book.setAside.value) {
      const { offerAgain } = await import("../../../pwa/src/db/acknowledgements");
      await offerAgain(one.outbox, held.changeId);
    }
    await one.sync();
  });
}

/** A round enters the archive, or leaves it: the next news say so. Not to the second tablet. */
function archiveStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, fc.constantFrom(...ROUNDS)).map(([who, scope]): Step => async (world) => {
    const one = world.tablets[who]!;
    if (who === 1) return;
    const archived = new Set(one.archived);
    if (!archived.delete(scope)) archived.add(scope);
    one.archived = archived;
    count(world, "archive");
    await edit(world, (who + 1) % 3, 0, false);
    await world.tablets[(who + 1) % 3]!.push();
    await one.pull();
  });
}

function tagStep(): fc.Arbitrary<Step> {
  return fc.tuple(tablet, tablet, fc.boolean()).map(([who, which, on]): Step => async (world) => {
    const { id, scope } = world.records[which]!;
    const one = world.tablets[who]!;
    await openRound(world, one, scope);
    if (one.record("card", id)) await one.save("card", id, scope, { "context/inclusion": on });
  });
}

test("no words are lost and all tablets agree, whatever happens in between", async () => {
  const covered: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), async (plan) => {
      const { IDBFactory } = await import("fake-indexeddb");
      const { default: Dexie } = await import("dexie");
      globalThis.indexedDB = new IDBFactory();
      Dexie.dependencies.indexedDB = globalThis.indexedDB;
      const world = await aWorld();
      for (const step of plan) {
        await step.run(world);
        checkOwnWords(world);
      }
      await settleDown(world);
      const [first, ...others] = world.tablets.map((each) => each.shown(["card"]));
      for (const other of others) expect(other).toBe(first);
      for (const { id } of world.records) {
        expect(shownTexts(world.tablets[0]!, id).sort()).toEqual(aliveTexts(world, id));
      }
      for (const text of world.written.keys()) expect(tookEffect(world, text), text).toBe(true);
      for (const [what, n] of Object.entries(world.covered))
        covered[what] = (covered[what] ?? 0) + n;
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
  for (const what of [
    "lost_reply",
    "twice",
    "restore",
    "set aside",
    "edited in conflict",
    "archive",
    "opened from packs",
  ]) {
    expect(covered[what], `too few runs with: ${what}`).toBeGreaterThan(RUNS / 20);
  }
}, 300_000);
