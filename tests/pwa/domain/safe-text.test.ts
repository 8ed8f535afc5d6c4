import fc from "fast-check";
import { expect, test } from "vitest";
import { pieces, repair } from "../../../pwa/src/domain/safe-text";
import { casesOf } from "../vectors";

const bytes = (text: string) => new TextEncoder().encode(text).length;

test("NUL and half surrogate pairs are repaired, everything else stays as typed", () => {
  expect(repair("a\u0000b\ud800c")).toBe("ab\ufffdc");
  expect(repair("é 😀 “Why?” \u202e \uffff")).toBe("é 😀 “Why?” \u202e \uffff");
});

test("beyond 64 KiB a text goes on in pieces, and no letter is lost or cut", () => {
  const text = "😀é".repeat(25_000);

  const parts = pieces(text);

  expect(parts.join("")).toBe(text);
  expect(parts.every((part) => bytes(part) <= 64 * 1024 && part.isWellFormed())).toBe(true);
  expect(parts.length).toBe(Math.ceil(bytes(text) / (64 * 1024)));
});

interface Sized {
  about: string;
  repeat: [string, number][];
  fits: boolean;
}

test.each(casesOf<Sized>("safe_text"))("the server takes or refuses: $about", (sized) => {
  const text = sized.repeat.map(([what, times]) => what.repeat(times)).join("");

  const parts = pieces(text);

  expect(parts.length === 1).toBe(sized.fits);
  expect(parts.join("")).toBe(text);
  expect(parts.every((part) => bytes(JSON.stringify(part)) <= 128 * 1024)).toBe(true);
});

test("whatever is typed can be stored", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const safe = repair(text);
      expect(safe.isWellFormed()).toBe(true);
      expect(safe).not.toContain("\u0000");
    }),
  );
});
