/** Agreement of readers is the same on the tablet as on the server, and as R's irrCAC has it. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agreementOf, type Agreement } from "../../../pwa/src/domain/agreement";
import {
  cohenKappa,
  fleissKappa,
  gwetAc1,
  krippendorffAlpha,
  percentAgreement,
  type Coefficient,
  type Table,
} from "../../../pwa/src/domain/coefficients";
import { tQuantile } from "../../../pwa/src/domain/student-t";
import { REAL_DATA, vectors } from "./real-notes";

interface Vector {
  about: string;
  words: number;
  ordered: boolean;
  same_readers: boolean;
  tables: readonly Table[];
  says: Record<string, unknown>;
}

const { tables, quantiles } = vectors<{
  tables: Vector[];
  quantiles: readonly (readonly [number, number])[];
}>("agreement.json");

/** Names as the vectors write them. */
function snake(given: unknown): unknown {
  if (Array.isArray(given) || given === null || typeof given !== "object") return given;
  const named = (name: string) => name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`);
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [named(name), snake(value)]),
  );
}

/** Numbers equal to so much, everything else the same. */
function expectSame(found: unknown, expected: unknown, where: string): void {
  if (typeof expected === "number") {
    expect(typeof found, where).toBe("number");
    expect(Math.abs((found as number) - expected), where).toBeLessThanOrEqual(1e-12);
  } else if (expected !== null && typeof expected === "object") {
    expect(Object.keys(found as object).sort(), where).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) {
      expectSame((found as Record<string, unknown>)[name], value, `${where} ${name}`);
    }
  } else expect(found, where).toEqual(expected);
}

test.each(tables)("both languages say the same: $about", (vector) => {
  const asked = { ordered: vector.ordered, sameReaders: vector.same_readers };
  expectSame(snake(agreementOf(vector.tables, vector.words, asked)), vector.says, "");
});

test.each(quantiles)("Student's t of %i is that of the server", (freedom, expected) => {
  expect(Math.abs(tQuantile(freedom) / expected - 1)).toBeLessThanOrEqual(1e-12);
});

const WORDS = 3;
const ALL = { ordered: true, sameReaders: true };
const aTable = fc.integer({ min: 2, max: 5 }).chain((readers) =>
  fc.array(
    fc.array(fc.option(fc.integer({ min: 0, max: WORDS - 1 })), {
      minLength: readers,
      maxLength: readers,
    }),
    { minLength: 2, maxLength: 7 },
  ),
);

function everything({ coefficients }: Agreement): (number | null)[] {
  return Object.values(coefficients).flatMap((each) => [each.value, each.error]);
}

function expectClose(found: (number | null)[], expected: (number | null)[]): void {
  expect(found.map((each) => each === null)).toEqual(expected.map((each) => each === null));
  found.forEach((each, at) =>
    expect(Math.abs((each ?? 0) - (expected[at] ?? 0))).toBeLessThanOrEqual(1e-9),
  );
}

test("who read, and in which order, changes nothing", () => {
  fc.assert(
    fc.property(aTable, (table) => {
      const turned = [...table].reverse().map((row) => [...row.slice(1), row[0]!]);
      expectClose(
        everything(agreementOf([turned], WORDS, ALL)),
        everything(agreementOf([table], WORDS, ALL)),
      );
    }),
  );
});

test("nothing is ever no number", () => {
  fc.assert(
    fc.property(aTable, (table) => {
      for (const each of everything(agreementOf([table], WORDS, ALL))) {
        expect(each === null || Number.isFinite(each)).toBe(true);
      }
    }),
  );
});

const REFERENCE = resolve(REAL_DATA, "agreement/irrcac_r_cases_dev.json");
const hasReal = existsSync(REFERENCE);

interface Case {
  kind: string;
  table: readonly (readonly (number | null)[])[];
  expected: Readonly<Record<string, number>>;
}

const OURS: Record<string, (table: Table, words: number) => Coefficient> = {
  percent_agreement: percentAgreement,
  cohen_kappa: cohenKappa,
  conger_kappa: cohenKappa,
  scott_pi: fleissKappa,
  fleiss_kappa: fleissKappa,
  gwet_ac1: gwetAc1,
  krippendorff_alpha: krippendorffAlpha,
};

function repeated<T>(count: number | null, what: T): T[] {
  return Array.from({ length: count ?? 0 }, () => what);
}

function tableOf({ kind, table }: Case): [Table, number] {
  if (kind.startsWith("contingency")) {
    const rows = table.flatMap((row, a) => row.flatMap((count, b) => repeated(count, [a, b])));
    return [rows, table.length];
  }
  if (kind.startsWith("counts")) {
    const rows = table.map((row) => row.flatMap((count, word) => repeated(count, word)));
    return [rows, table[0]!.length];
  }
  const words = [...new Set(table.flat())].filter((cell) => cell !== null).sort();
  return [table.map((row) => row.map((c) => (c === null ? null : words.indexOf(c)))), words.length];
}

describe.skipIf(!hasReal)(`outside references${hasReal ? "" : " (skipped: no real data)"}`, () => {
  test("six cases are equal to 1e-9, or to the digits that are given", () => {
    const { cases } = JSON.parse(readFileSync(REFERENCE, "utf8")) as { cases: Case[] };
    expect(cases).toHaveLength(6);
    for (const each of cases) {
      const [table, words] = tableOf(each);
      for (const [name, expected] of Object.entries(each.expected)) {
        const ours = OURS[name];
        if (ours === undefined) {
          expect(name).toBe("brennan_prediger");
          continue;
        }
        const digits = String(expected).split(".")[1]!.length;
        const near = digits >= 9 ? 1e-9 : 0.5000001 * 10 ** -digits;
        expect(Math.abs(ours(table, words).value! - expected)).toBeLessThanOrEqual(near);
      }
    }
  });
});
