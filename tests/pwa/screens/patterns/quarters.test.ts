/** Days are read as whole quarters: what the screen says of them is what the server reads. */
import { expect, test } from "vitest";
import { inWholeQuarters } from "../../../../pwa/src/screens/patterns/quarters";

test("a day stands for its quarter, from the first day to the last", () => {
  const of = (begins_on: string | null, ends_on: string | null) =>
    Object.values(inWholeQuarters({ begins_on, ends_on }));

  expect(of("2026-11-22", "2026-11-22")).toEqual(["2026-10-01", "2026-12-31"]);
  expect(of("2028-02-29", "2028-02-29")).toEqual(["2028-01-01", "2028-03-31"]);
  expect(of("2026-04-01", "2026-09-30")).toEqual(["2026-04-01", "2026-09-30"]);
  expect(of(null, "2026-12-31")).toEqual([null, "2026-12-31"]);
  expect(of("soon", null)).toEqual([null, null]);
});
