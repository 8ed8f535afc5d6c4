/** Codes beside a focus question: the same on the tablet, on paper and by a link. */
import { expect, test } from "vitest";
import { codesOf, type StandardFacts } from "../../../pwa/src/domain/standards";
import { casesOf } from "../vectors";

interface Case {
  about: string;
  standards: StandardFacts[];
  codes: string[];
}

test.each(casesOf<Case>("standards"))("$about", ({ standards, codes }) => {
  expect(codesOf(standards)).toEqual(codes);
});
