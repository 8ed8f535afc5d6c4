import { expect, test } from "vitest";
import { kindOf, placesOf } from "../../../pwa/src/failures";
import { changesOf, partsOf } from "../../../pwa/src/screens/accounts/upkeep";
import vector from "../../vectors/rescue.json";

const ORIGIN = "https://rounds.example.org";

test("of a stack only places in our own files are told", () => {
  const stack = [
    "TypeError: cannot read 'Ms. Sample said so'",
    `    at sayNo (${ORIGIN}/assets/visit-a1B2_c3.js:1:20311)`,
    "    at https://elsewhere.example.org/assets/tracker.js:1:1",
    `    at async ${ORIGIN}/sw.js:12:4`,
    "    at <anonymous>",
  ].join("\n");

  expect(placesOf(stack, ORIGIN)).toEqual(["assets/visit-a1B2_c3.js:1:20311", "sw.js:12:4"]);
});

test("a stack as Safari writes it is read as well", () => {
  const stack = `save@${ORIGIN}/assets/index-Zz.js:3:99\nglobal code@${ORIGIN}/assets/index-Zz.js:9:1`;

  expect(placesOf(stack, ORIGIN)).toEqual(["assets/index-Zz.js:3:99", "assets/index-Zz.js:9:1"]);
});

test("at most ten places are told", () => {
  const line = `at ${ORIGIN}/assets/index-Zz.js:3:99\n`;

  expect(placesOf(line.repeat(30), ORIGIN)).toHaveLength(10);
});

test("the kind is a class's name and never somebody's words", () => {
  expect(kindOf(new RangeError("Robin wrote this"))).toBe("RangeError");
  expect(kindOf("Robin wrote this")).toBe("string");
  const named = new Error("no");
  named.name = "Robin wrote this";
  expect(kindOf(named)).toBe("Unknown");
});

test("of a saved copy this network's changes are taken, and nothing of another file", () => {
  const text = JSON.stringify(vector.file);

  expect(changesOf(text, vector.network)).toHaveLength(vector.sha256.length);
  expect(changesOf(text, "another")).toEqual([]);
  expect(changesOf("{}", vector.network)).toBeNull();
  expect(changesOf("not json", vector.network)).toBeNull();
});

test("a saved copy of long texts goes in parts that a request takes, all of it in order", () => {
  const one = (id: number, length: number) => ({
    network: "n",
    change: { id, text: "é".repeat(length) },
  });
  const changes = [...Array(900).keys()].map((id) => one(id, id < 100 ? 30_000 : 10));

  const parts = partsOf(changes);

  expect(parts.flat()).toEqual(changes);
  expect(Math.max(...parts.map((part) => part.length))).toBe(400);
  const bytes = parts.map((part) => new Blob([JSON.stringify(part)]).size);
  expect(Math.max(...bytes)).toBeLessThan(2.1 * 2 ** 20);
  expect(partsOf([])).toEqual([]);
});
