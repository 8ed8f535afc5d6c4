/** Codes on paper cards: short, told apart, made of the card alone. */
import { expect, test } from "vitest";
import { cardCodes, cardsMeant, readLine, wholeCode } from "../../../pwa/src/domain/card-codes";
import { newId } from "../../../pwa/src/domain/identifiers";

const ids = (count: number) => Array.from({ length: count }, () => newId());

test.each([1, 2, 3, 4, 5])(
  "six hundred cards have six hundred codes, a letter and two digits or a few more (%d)",
  () => {
    const all = ids(600);
    const codes = [...cardCodes(all).values()];

    expect(new Set(codes).size).toBe(all.length);
    expect(codes.filter((code) => !/^[A-HJ-NPR-UW-Z]\d{2,9}$/.test(code))).toEqual([]);
    expect(codes.filter((code) => code.length > 5).length).toBeLessThan(20);
    for (const code of codes) expect(cardsMeant(code, all)).toHaveLength(1);
  },
);

test("most codes of a usual round are a letter and two digits", () => {
  const codes = [...cardCodes(ids(100)).values()];

  expect(codes.filter((code) => code.length === 3).length).toBeGreaterThan(80);
});

test("a code is made of the card alone: other cards make it longer, and never another", () => {
  const all = ids(300);
  const alone = cardCodes(all.slice(0, 1)).get(all[0]!)!;

  expect(cardCodes(all).get(all[0]!)!.startsWith(alone)).toBe(true);
  expect(wholeCode(all[0]!).startsWith(alone)).toBe(true);
});

test("a code that was printed still means its card when others came later, perhaps among them", () => {
  const early = ids(200);
  const printed = cardCodes(early);
  const later = [...early, ...ids(400)];

  for (const [card, code] of printed) expect(cardsMeant(code, later)).toContain(card);
});

test.each([
  ["K17 K22 B4 = one-word answers", ["K17", "K22", "B4"], [], "one-word answers"],
  ["k17,k22;  b4=  Who = asks ", ["K17", "K22", "B4"], [], "Who = asks"],
  ["K17 K17", ["K17"], [], ""],
  ["K17 and 22 = x", ["K17"], ["and", "22"], "x"],
  ["= only a name", [], [], "only a name"],
  ["", [], [], ""],
])("%s is read as it is meant", (line, codes, strange, name) => {
  expect(readLine(line)).toEqual({ codes, strange, name });
});
