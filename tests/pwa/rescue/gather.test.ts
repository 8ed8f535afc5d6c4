/** Changes put together as their author would read them, and the page made of them. */
import { expect, test } from "vitest";
import type { RescuedChange } from "../../../pwa/src/db/rescue-file";
import { Gathering } from "../../../pwa/src/rescue/gather";
import { readablePage } from "../../../pwa/src/rescue/readable";

interface Wanted extends Partial<Omit<RescuedChange, "change">> {
  id: string;
  record?: string;
  set?: Record<string, unknown>;
  seen?: Record<string, string[]>;
}

let n = 0;

function aChange({ id, record = "r1", set = {}, seen = {}, ...rest }: Wanted): RescuedChange {
  const change = { id, record, set, seen, kind: "note", n: ++n, made_at: "2026-11-22T09:14:03Z" };
  const told = { network: "net", state: "waiting", seq: null, reason: null, field: null } as const;
  return { ...told, ...rest, change };
}

function gathered(...changes: RescuedChange[]): Gathering {
  const gathering = new Gathering();
  for (const change of changes) gathering.add(change);
  return gathering;
}

const textsOf = (gathering: Gathering) => gathering.pieces().map(({ texts }) => texts);

test("a note is read once, in its newest words", () => {
  const gathering = gathered(
    aChange({ id: "a", set: { text: "T: whe" } }),
    aChange({ id: "b", set: { text: "T: where" }, seen: { text: ["a"] } }),
  );

  expect(textsOf(gathering)).toEqual([["T: where"]]);
});

test("versions that nothing replaced are both read", () => {
  const gathering = gathered(
    aChange({ id: "a", set: { text: "one" } }),
    aChange({ id: "b", set: { text: "another" }, seen: { text: [] } }),
  );

  expect(textsOf(gathering)).toEqual([["one", "another"]]);
});

test("a deleted note keeps its words here, and is told to be deleted", () => {
  const gathering = gathered(
    aChange({ id: "a", set: { text: "gone" } }),
    aChange({ id: "b", set: { deleted: true }, seen: { deleted: [], text: ["a"] } }),
  );

  expect(gathering.pieces()).toMatchObject([{ texts: ["gone"], deleted: true }]);
});

test("a record is where its least safe change is", () => {
  const gathering = gathered(
    aChange({ id: "a", set: { text: "sent" }, state: "applied" }),
    aChange({ id: "b", set: { text: "sent, then more" }, seen: { text: ["a"] } }),
  );

  expect(gathering.pieces()).toMatchObject([{ place: "unsent", texts: ["sent, then more"] }]);
  expect(gathering.counts).toEqual({ unsent: 1, not_accepted: 0, on_server: 1 });
});

test("a malformed change is counted and hides nothing", () => {
  const broken = aChange({ id: "x" });
  broken.change = { id: "x" };

  const gathering = gathered(broken, aChange({ id: "a", set: { text: "whole" } }));

  expect(gathering.counts.unsent).toBe(2);
  expect(textsOf(gathering)).toEqual([["whole"]]);
});

test("the page to read holds every word as it was typed, and no markup of its author's", () => {
  const text = `T: "3 < 4 & 5 > 4"\r\n\n  <script>alert(1)</script> &amp; 😀`;
  const pieces = gathered(aChange({ id: "a", set: { text, classroom: "c3", minute: 7 } })).pieces();

  const page = [...readablePage("Robin", pieces, new Map([["c3", 3]]), new Date())].join("");

  const read = new DOMParser().parseFromString(page, "text/html");
  expect(read.querySelector(".words")?.textContent).toBe(text);
  expect(read.querySelectorAll("script")).toHaveLength(0);
  expect(read.querySelector("article .about")?.textContent).toContain("V3 · minute 7");
  expect(read.body.textContent).toContain("Not for use in the evaluation of any educator.");
});
