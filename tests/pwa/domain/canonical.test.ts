import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, chainLink, hashOf, type ChainVerdict } from "../../../pwa/src/domain/canonical";
import type { Change } from "../../../pwa/src/domain/registers";
import { sha256 } from "../../../pwa/src/domain/sha256";
import { casesOf } from "../vectors";

interface Spelling {
  value: unknown;
  canonical: string;
  sha256: string;
}

interface Link {
  id: string;
  sha256: string;
  verdict: ChainVerdict;
  chain: string;
}

test("a value has one spelling in both languages", () => {
  for (const each of casesOf<Spelling>("canonical")) {
    expect(canonical(each.value)).toBe(each.canonical);
    expect(sha256(each.canonical)).toBe(each.sha256);
  }
});

test("a change has one hash in both languages", () => {
  for (const { change, sha256: expected } of casesOf<{
    change: Change;
    sha256: string;
  }>("hash")) {
    expect(hashOf(change)).toBe(expected);
  }
});

test("the chain hangs together as the server's does", () => {
  for (const { links } of casesOf<{ links: Link[] }>("chain")) {
    let chain = "";
    for (const link of links) {
      chain = chainLink(chain, link.id, link.sha256, link.verdict);
      expect(chain).toBe(link.chain);
    }
  }
});

test("our SHA-256 is everybody's SHA-256, at every length around a block's end", () => {
  const theirs = (text: string) => createHash("sha256").update(text).digest("hex");
  for (let length = 0; length < 200; length++) {
    expect(sha256("a".repeat(length))).toBe(theirs("a".repeat(length)));
  }
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(theirs(text));
    }),
  );
});
