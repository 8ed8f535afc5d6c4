import fc from "fast-check";
import { expect, test } from "vitest";
import { between, spread } from "../../../pwa/src/domain/fractional";

const ORDER = /^[0-9A-Za-z]{1,64}$/;

test("a key lies strictly between its neighbours, wherever cards are dropped", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 60 }), (drops) => {
      const keys: string[] = [];
      for (const drop of drops) {
        const at = drop % (keys.length + 1);
        keys.splice(at, 0, between(keys[at - 1] ?? null, keys[at] ?? null));
      }
      expect(keys.every((key) => ORDER.test(key) && !key.endsWith("0"))).toBe(true);
      expect([...new Set(keys)].sort()).toEqual(keys);
    }),
  );
});

test("a hundred cards put at the same place in a row still have keys of at most 64", () => {
  let first = between(null, null);
  const keys = [first];
  for (let i = 0; i < 100; i++) keys.push((first = between(null, first)));

  expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(64);
  expect(new Set(keys).size).toBe(keys.length);
});

test("sixty cards are spread in order with short keys", () => {
  const keys = spread(null, null, 60);

  expect([...keys].sort()).toEqual(keys);
  expect(new Set(keys).size).toBe(60);
  expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(3);
});
