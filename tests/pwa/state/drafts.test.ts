/** A text that the page could not keep in time is there when it is read next. */
import { expect, test } from "vitest";
import { keepDraft, readDraft } from "../../../pwa/src/state";
import { aNotebook } from "../screens/evidence/notebook";

const NAME = "long/pattern";
const putDown = () => Object.keys(localStorage).filter((key) => key.startsWith("last_draft/"));

test("what was on its way when the page went is read again, once, and nothing is left of it", async () => {
  await aNotebook();
  const kept = keepDraft(NAME, "All of it");
  dispatchEvent(new Event("pagehide"));
  const later = keepDraft(NAME, "All of it, and more");
  expect(putDown().map((key) => localStorage.getItem(key))).toEqual(["All of it, and more"]);
  await Promise.all([kept, later]);
  expect(putDown()).toEqual([]);

  const [place] = [...placesOf("As it was put down")];
  expect(localStorage.getItem(place!)).toBe("As it was put down");
  dispatchEvent(new Event("pageshow"));
  expect(await readDraft(NAME)).toBe("As it was put down");
  expect(putDown()).toEqual([]);
  expect(await readDraft(NAME)).toBe("As it was put down");
});

/** As a page that was gone before its disk answered leaves it. */
function placesOf(words: string): string[] {
  void keepDraft(NAME, words).catch(() => undefined);
  return putDown();
}
