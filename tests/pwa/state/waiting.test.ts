/** What the app says is only on this tablet, held to what is. */
import { beforeEach, expect, test } from "vitest";
import { unsentWords } from "../../../pwa/src/components";
import { newId } from "../../../pwa/src/domain/identifiers";
import { setLanguage } from "../../../pwa/src/i18n";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const OWN = "own:ana";
let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", OWN, "round:1");
  tablet = await Tablet.open(server, "ana");
});

const words = () => unsentWords(tablet.book.waiting.value);

async function aLine(text: string): Promise<string> {
  const [note, observation] = [newId(), newId()];
  await tablet.save("observation", observation, OWN, { began_at: "2026-11-22T09:00:00Z" });
  await tablet.save("note", note, OWN, { text, observation });
  return note;
}

test("a lead who plans offline reads of changes, never of notes", async () => {
  await tablet.save("school", newId(), "network:net", { name: "Demo Ridge" });
  await tablet.save("classroom", newId(), "round:1", { number: 1 });

  expect(words()).toBe("2 changes only on this tablet");
});

test("a visit's own record is the page that its notes stand on, and is not told beside them", async () => {
  await aLine("S: why?");

  expect(tablet.book.waiting.value.count).toBe(2);
  expect(words()).toBe("1 note only on this tablet");
});

test("notes and changes are told apart", async () => {
  await aLine("S: why?");
  await aLine("S: how?");
  await tablet.save("card", newId(), "round:1", { text: "S: why?" });

  expect(words()).toBe("2 notes and 1 change only on this tablet");
  await setLanguage("es", { keep: false });
  expect(words()).toBe("2 notas y 1 cambio solo en esta tableta");
  await setLanguage("en", { keep: false });
});

test("a note that the server has is not only here: what was changed about it is", async () => {
  const note = await aLine("S: why?");
  await tablet.push();
  expect(words()).toBe("Everything is on the server");

  await tablet.save("note", note, OWN, { starred: true });

  expect(words()).toBe("1 change only on this tablet");
});

test("a note that was taken away again is no note that waits", async () => {
  const note = newId();
  await tablet.save("note", note, OWN, { text: "S: why?" });
  await tablet.book.remove("note", note);

  expect(words()).toBe("1 change only on this tablet");

  await tablet.book.restore("note", note);
  expect(words()).toBe("1 note only on this tablet");
});

test("the words are the same after the app was closed and opened", async () => {
  await aLine("S: why?");
  await tablet.save("card", newId(), "round:1", { text: "S: why?" });
  const before = words();

  await tablet.restart();

  expect(words()).toBe(before);
});
