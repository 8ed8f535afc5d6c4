import fc from "fast-check";
import { expect, test } from "vitest";
import {
  composeDelete,
  composeEdit,
  composeUndo,
  isDeleted,
  isDeletedThenEdited,
  unite,
  versionsOf,
  winner,
  type Change,
  type Head,
  type Registers,
} from "../../../pwa/src/domain/registers";
import { casesOf } from "../vectors";

interface Merged {
  name: string;
  changes: Change[];
  heads: Record<string, string[]>;
  winners: Record<string, string>;
  deleted: boolean;
}

function headIds(registers: Registers): Record<string, string[]> {
  const filled = Object.entries(registers).filter(([, heads]) => heads.length > 0);
  return Object.fromEntries(filled.map(([name, heads]) => [name, heads.map((h) => h.id).sort()]));
}

function aHead(id: string, value: unknown, depth = 1, seen: string[] = []): Head {
  return { id, value, depth, seen };
}

/** The changes that these rest on, themselves included: what a server can have applied. */
function withParents(some: readonly Change[], all: readonly Change[]): Change[] {
  const ids = new Set(some.map((change) => change.id));
  for (const change of [...all].sort((a, b) => b.n - a.n)) {
    if (ids.has(change.id))
      Object.values(change.seen)
        .flat()
        .forEach((id) => ids.add(id));
  }
  return all.filter((change) => ids.has(change.id));
}

test.each(casesOf<Merged>("heads"))(
  "$name: the device sees the same, whatever part of it is not yet on the server",
  ({ changes, heads }) => {
    fc.assert(
      fc.property(fc.subarray(changes), (some) => {
        const applied = withParents(some, changes);
        const waiting = changes.filter((change) => !applied.includes(change));
        expect(headIds(unite(unite({}, applied), waiting))).toEqual(heads);
      }),
      { numRuns: 25 },
    );
  },
);

test("the winner is the greatest depth, then the greatest id", () => {
  for (const each of casesOf<{ heads: Head[]; winner: string }>("winner")) {
    expect(winner(each.heads)?.id).toBe(each.winner);
    expect(winner([...each.heads].reverse())?.id).toBe(each.winner);
  }
});

test("a delete wins only over what it saw", () => {
  for (const each of casesOf<{
    name: string;
    fields: Registers;
    deleted: boolean;
  }>("deleted")) {
    expect(isDeleted(each.fields), each.name).toBe(each.deleted);
  }
});

test("an ordinary edit names the version shown first, and its equals", () => {
  const heads = [aHead("a", "mine", 2), aHead("b", "theirs", 1), aHead("c", "mine", 1)];

  const edit = composeEdit("note", { text: "new" }, { text: heads }, false);

  expect(edit.seen).toEqual({ text: ["a", "c"] });
  expect(edit.depth).toEqual({ text: 3 });
});

test("to resolve names every version displayed", () => {
  const heads = [aHead("a", "mine", 2), aHead("b", "theirs", 1)];

  const edit = composeEdit("note", { text: "both" }, { text: heads }, true);

  expect(edit.seen).toEqual({ text: ["a", "b"] });
});

test("tags and positions name every head", () => {
  const place = { group: null, order: "V" };
  const registers = {
    "tags/wait-time": [aHead("a", true), aHead("b", false)],
    position: [aHead("c", place), aHead("d", { ...place, order: "W" })],
  };

  expect(
    composeEdit("note", { "tags/wait-time": false }, registers, false).seen["tags/wait-time"],
  ).toEqual(["a", "b"]);
  expect(composeEdit("card", { position: place }, registers, false).seen["position"]).toEqual([
    "c",
    "d",
  ]);
});

test("a delete covers every head of every field, and names every head of deleted", () => {
  const registers = {
    text: [aHead("a", "x"), aHead("b", "y")],
    deleted: [{ ...aHead("d", false), covers: {} }],
  };

  const { seen, depth } = composeDelete(registers);

  expect(seen).toEqual({ text: ["a", "b"], deleted: ["d"] });
  expect(depth).toEqual({ deleted: 2 });
});

test("an edit that the deleter had not seen keeps the record, and says so", () => {
  const deleted = [{ ...aHead("d", true), covers: { text: ["a"] } }];

  const registers = { text: [aHead("a2", "edited", 2, ["a"])], deleted };

  expect(isDeleted(registers)).toBe(false);
  expect(isDeletedThenEdited(registers)).toBe(true);
});

test("an undo names all deletes and brings the record back", () => {
  const deleted = [{ ...aHead("d", true), covers: { text: ["a"] } }];
  const registers = { text: [aHead("a", "x")], deleted };

  const { seen, depth } = composeUndo(registers);
  const undone = {
    ...registers,
    deleted: [{ ...aHead("u", false, 2, ["d"]), covers: {} }],
  };

  expect(seen).toEqual({ deleted: ["d"] });
  expect(depth).toEqual({ deleted: 2 });
  expect(isDeleted(undone)).toBe(false);
});

test("equal words are one version; the winner's comes first", () => {
  const versions = versionsOf([aHead("a", "x"), aHead("b", "y", 5), aHead("c", "x", 2)]);

  expect(versions.map((heads) => heads.map((head) => head.id))).toEqual([["b"], ["c", "a"]]);
});

test("depth stops at its greatest value", () => {
  const { depth } = composeEdit(
    "note",
    { text: "x" },
    { text: [aHead("a", "", 2 ** 31 - 1)] },
    false,
  );

  expect(depth["text"]).toBe(2 ** 31 - 1);
});
