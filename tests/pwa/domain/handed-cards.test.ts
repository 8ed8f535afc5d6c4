import { expect, test } from "vitest";
import { readHanded, writeHanded, type Reader } from "../../../pwa/src/domain/handed-cards";
import { newId } from "../../../pwa/src/domain/identifiers";
import type { Change } from "../../../pwa/src/domain/registers";
import { casesOf } from "../vectors";

const [network, round, robin, lead] = [newId(), newId(), newId(), newId()];
const reader: Reader = { network, round, member: lead, people: new Set([robin, lead]) };

function aChange(other: Partial<Change> = {}): Change {
  return {
    id: newId(),
    n: 4,
    by: robin,
    kind: "card",
    record: newId(),
    scope: `round:${round}`,
    schema: 1,
    made_at: "2026-11-22T09:14:03Z",
    set: { text: 'S: "Why?" \u{1F600}\n"é"', standing: "posted", "context/inclusion": true },
    seen: { text: [], standing: [], "context/inclusion": [] },
    depth: { text: 1, standing: 1, "context/inclusion": 1 },
    ...other,
  };
}

const write = (changes: Change[], other: object = {}) =>
  writeHanded({ network, round, by: robin, changes, ...other }, "1.0.0");

test("what is written is read again, change for change", () => {
  const changes = [
    aChange(),
    aChange({
      ...{ kind: "card_source", scope: `visitors:${round}` },
      ...{ set: { card: newId() }, seen: { card: [] }, depth: { card: 1 } },
    }),
  ];

  expect(readHanded(write(changes), reader)).toEqual({ network, round, by: robin, changes });
});

test("a file that was cut anywhere, or changed in a letter, is refused as a whole", () => {
  const text = write([aChange(), aChange()]);

  for (let end = 60; end < text.length - 2; end += 7) {
    expect(readHanded(text.slice(0, end), reader)).toBe("damaged");
  }
  expect(readHanded(text.replace("Why?", "Why!"), reader)).toBe("damaged");
});

test.each([
  ["", "not_cards"],
  ["a letter", "not_cards"],
  ["[]", "not_cards"],
  ["null", "not_cards"],
  ['{"format": "rounds-rescue", "version": 1, "changes": []}', "not_cards"],
  ["[".repeat(200_000), "not_cards"],
])("no file of cards: %#", (text, why) => {
  expect(readHanded(text, reader)).toBe(why);
});

test("cards of another network, another round, a stranger or oneself are told apart", () => {
  const text = write([aChange()]);

  expect(readHanded(text, { ...reader, network: newId() })).toBe("other_network");
  expect(readHanded(text, { ...reader, round: newId() })).toBe("other_round");
  expect(readHanded(text, { ...reader, people: new Set([lead]) })).toBe("nobody_here");
  expect(readHanded(text, { ...reader, member: robin })).toBe("own");
  expect(readHanded(write([]), reader)).toBe("empty");
});

test("a file of a newer app is not guessed at", () => {
  const newer = write([aChange()]).replace('"version":1', '"version":2');

  expect(readHanded(newer, reader)).toBe("newer_app");
});

test.each<[string, Partial<Record<keyof Change, unknown>>]>([
  ["somebody else's change", { by: lead }],
  ["a note", { kind: "note", scope: `own:${robin}` }],
  ["a prediction", { kind: "prediction" }],
  ["a part in the round", { kind: "participant", set: { "roles/host": true } }],
  ["where the debrief stands", { kind: "debrief", set: { phase: "predict" } }],
  ["another round's card", { scope: `round:${newId()}` }],
  ["where a card is from, for the host to read", { kind: "card_source" }],
  ["a text that is none", { set: { text: 4 } }],
  ["a field that no card has", { set: { author: "Robin" } }],
  ["a place that is none", { set: { position: { group: "x", order: 1 } } }],
  ["an id that is none", { id: "1" }],
  ["parents that are none", { seen: { text: "x" } }],
  ["a depth that is none", { depth: { text: 1.5 } }],
  ["no values at all", { set: null }],
  ["a day that is none", { made_at: "yesterday" }],
  ["a schema that no app has yet", { schema: 999 }],
  ["a key that no change has", { carried_by: lead } as never],
])("a file that holds %s is not taken in, nor anything else of it", (_, other) => {
  expect(readHanded(write([aChange(), aChange(other as Partial<Change>)]), reader)).toBe("damaged");
});

const DEEP = 100_000;

test("a file nested deeper than a browser can walk is damaged, and stops nothing", () => {
  const deep = "[".repeat(DEEP) + "]".repeat(DEEP);
  const text = write([aChange()]).replace(/"changes":[\s\S]*/, `"changes":${deep}}`);

  expect(readHanded(text, reader)).toBe("damaged");
});

test("a change that is in a file twice makes it a damaged one", () => {
  const change = aChange();

  expect(readHanded(write([change, { ...change, made_at: "2026-11-22T10:00:00Z" }]), reader)).toBe(
    "damaged",
  );
});

test.each([["1"], [1.5], [null], [undefined]])("version %j is none", (version) => {
  const file = JSON.parse(write([aChange()])) as Record<string, unknown>;

  expect(readHanded(JSON.stringify({ ...file, version }), reader)).toBe("damaged");
});

interface Case {
  change: Record<string, unknown>;
  flaw: string | null;
}

/** A value of the form {"$repeat": [text, times]} stands for that text so many times over. */
function unfolded(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unfolded);
  const { $repeat: repeated } = value as { $repeat?: [string, number] };
  if (repeated) return repeated[0].repeat(repeated[1]);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unfolded(each)]));
}

const sent = casesOf<Case>("envelope").map((each) => unfolded(each) as Case);
const [{ change: sound }] = sent as [Case];

function fileOf(change: unknown) {
  const { by, scope } = sound as { by: string; scope: string };
  const where = { network, round: scope.split(":")[1]!, by };
  const text = writeHanded({ ...where, changes: [change as Change] }, "1.0.0");
  return readHanded(text, { ...where, member: lead, people: new Set([by]) });
}

test("the server's own list of sound changes begins with one that a file may hold", () => {
  expect(fileOf(sound)).toMatchObject({ changes: [sound] });
});

test.each(sent.filter(({ flaw }) => flaw !== null))(
  "what the server calls no change is taken in from no file: $flaw",
  ({ change }) => {
    expect(fileOf(change)).toBe("damaged");
  },
);
