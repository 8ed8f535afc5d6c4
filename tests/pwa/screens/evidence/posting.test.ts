import { beforeEach, expect, test } from "vitest";
import { list, newId, record, save } from "../../../../pwa/src/state";
import {
  doubles,
  draftOf,
  myPosts,
  post,
  withdraw,
} from "../../../../pwa/src/screens/evidence/posting";
import type { NoteView } from "../../../../pwa/src/screens/evidence/own-notes";
import { aNotebook, MEMBER, ROUND } from "./notebook";

const V3 = "cccccccc-cccc-4ccc-8ccc-ccccccccccc3";

beforeEach(() => aNotebook());

async function aNote(text: string, minute = 7): Promise<NoteView> {
  const id = newId();
  const fields = { round: ROUND, classroom: V3, minute, element: "teacher" as const };
  await save("note", id, `own:${MEMBER}`, { ...fields, text, order: 1 });
  return record("note", id).value!;
}

const cards = () => list("card", `round:${ROUND}`).value;
const mine = () => myPosts(ROUND, MEMBER);

test("a card holds the note's words and nothing of where they come from", async () => {
  const note = await aNote('T: "Who can say why?"');

  await post(ROUND, MEMBER, [draftOf(note)], []);

  const [card] = cards();
  expect(card?.fields.text).toBe('T: "Who can say why?"');
  expect(card?.fields.standing).toBe("posted");
  expect(JSON.stringify(card?.fields)).not.toContain(V3);
  const [source] = list("card_source", `visitors:${ROUND}`).value;
  expect(source?.fields).toMatchObject({
    card: card?.id,
    note: note.id,
    classroom: V3,
    member: MEMBER,
    minute: 7,
  });
});

test("a name is replaced only in its place, in brackets, the rest verbatim", async () => {
  const draft = draftOf(await aNote("Mrs. Sample points  at the board, twice"));

  expect(draft.text).toBe("Mrs. Sample points  at the board, twice");
  expect(draft.mended).toBe("[the teacher] points  at the board, twice");
});

test("posted is what the cards say: a second card of a note is shown as a double", async () => {
  const note = await aNote("two columns on the sheet");

  await post(ROUND, MEMBER, [draftOf(note)], []);
  expect(doubles(mine()).size).toBe(0);
  await post(ROUND, MEMBER, [draftOf(note)], mine());

  expect([...doubles(mine())]).toEqual([note.id]);
});

test("a card that was taken back is no longer up, and can be put up again", async () => {
  await post(ROUND, MEMBER, [draftOf(await aNote("all look up"))], []);

  const undo = await withdraw(cards()[0]!);
  expect(mine()).toEqual([]);
  await undo();

  expect(mine().length).toBe(1);
});

test("a card that came back is posted anew and keeps where it was made from", async () => {
  const note = await aNote("seemed bored");
  await post(ROUND, MEMBER, [draftOf(note)], []);
  const [first] = cards();
  await save("card", first!.id, first!.scope, { standing: "returned" });
  await save("note", note.id, note.scope, { text: "head on the desk for 4 minutes" });

  await post(ROUND, MEMBER, [draftOf(record("note", note.id).value as NoteView)], mine());

  const second = cards().find((card) => card.id !== first!.id);
  expect(second?.fields.made_from).toBe(first!.id);
  expect(second?.fields.text).toBe("head on the desk for 4 minutes");
  expect(doubles(mine()).size).toBe(0);
});
