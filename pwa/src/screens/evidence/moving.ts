/**
 * A run of notes that was written under the wrong classroom, moved to the right one.
 *
 * Each note moves by itself and keeps its moment: its minute is counted anew from the start
 * of the visit that it now belongs to.
 */
import { record, save } from "../../state";
import { minuteIn } from "./visit-clock";
import { notesOf, observationId, type NoteView } from "./own-notes";

export interface Target {
  slot: string;
  classroom: string | null;
}

function beganOf(observation: string): string | null {
  return record("observation", observation).peek()?.fields.began_at ?? null;
}

/** The visit's start; where nothing was written there yet, the moment of the first note moved. */
async function visitAt(round: string, member: string, target: Target, first: NoteView) {
  const id = observationId(target.slot, member);
  const known = beganOf(id);
  if (known) return { id, began: known };
  const from = beganOf(first.fields.observation ?? "") ?? new Date().toISOString();
  const moment = new Date(from).getTime() + (first.fields.minute ?? 0) * 60_000;
  const began = new Date(moment).toISOString();
  const visit = { round, slot: target.slot, classroom: target.classroom, began_at: began };
  await save("observation", id, `own:${member}`, visit);
  return { id, began };
}

/** Move the notes, in their order, behind what stands there. Answers how to undo it. */
export async function moveNotes(
  round: string,
  member: string,
  notes: readonly NoteView[],
  target: Target,
): Promise<() => Promise<void>> {
  const [first] = notes;
  if (!first) return async () => undefined;
  const visit = await visitAt(round, member, target, first);
  const there = notesOf(round, member).filter((note) => note.fields.observation === visit.id);
  let order = there.at(-1)?.fields.order ?? 0;
  for (const note of notes) {
    const from = beganOf(note.fields.observation ?? "") ?? visit.began;
    await save("note", note.id, note.scope, {
      observation: visit.id,
      classroom: target.classroom,
      minute: minuteIn(from, note.fields.minute ?? 0, visit.began),
      order: (order += 1),
    });
  }
  return () => putBack(notes);
}

async function putBack(notes: readonly NoteView[]): Promise<void> {
  for (const { id, scope, fields } of notes) {
    const { observation, classroom, minute, order } = fields;
    await save("note", id, scope, { observation, classroom, minute, order });
  }
}
