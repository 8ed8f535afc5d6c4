/** Names of a chart's limits stand over no line, no point and no other name. */
import { expect, test } from "vitest";
import { placeNames, type Path } from "../../../pwa/src/components/chart-names";

const ROOM = { left: 30, right: 330, top: 0, bottom: 200 };
const flat = (y: number): Path => [
  [40, y],
  [320, y],
];
const limit = (y: number, above: boolean) => ({ path: flat(y), width: 80, above });

test("with nothing around, each stands at the end of its line, on its own side", () => {
  expect(placeNames([limit(60, true), limit(160, false)], [], ROOM)).toEqual([
    [330, 55],
    [330, 174],
  ]);
});

test("a line close to the limit sends the name to the limit's other side", () => {
  expect(placeNames([limit(60, true)], [flat(52)], ROOM)).toEqual([[330, 74]]);
});

test("where a line climbs through both sides at the end, the name goes to where it is free", () => {
  const climbing: Path = [
    [40, 190],
    [200, 190],
    [320, 30],
  ];
  const [[end, base]] = placeNames([limit(60, true)], [climbing], ROOM) as [[number, number]];
  expect(end).toBeLessThan(330);
  expect(base).toBe(55);
});

test("two limits that lie close do not share a place", () => {
  const [upper, lower] = placeNames([limit(100, true), limit(108, false)], [], ROOM);
  expect(upper).toEqual([330, 95]);
  expect(lower).toEqual([330, 122]);
});

test("a limit without any number has no name to place", () => {
  const nowhere = { path: [null, null], width: 80, above: true };
  expect(placeNames([nowhere], [], ROOM)).toEqual([null]);
});
