import { expect, test } from "vitest";
import { derivedId, newId } from "../../../pwa/src/domain/identifiers";
import { casesOf } from "../vectors";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("the same pair gives the same id in both languages", () => {
  for (const each of casesOf<{ first: string; second: string; id: string }>("identifiers")) {
    expect(derivedId(each.first, each.second)).toBe(each.id);
    expect(each.id).toMatch(UUID4);
  }
});

test("a new id is a random UUIDv4 in lower case", () => {
  const ids = Array.from({ length: 1000 }, newId);

  expect(ids.every((id) => UUID4.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
});
