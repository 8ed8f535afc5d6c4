/** The own notes of one author, and the visit that they belong to. */
import { derivedId, list, type RecordView } from "../../state";

export type NoteView = RecordView<"note">;

/** The own notes of a round, in the order of each visit. */
export function notesOf(round: string, member: string): readonly NoteView[] {
  const mine = list("note", `own:${member}`).value.filter((note) => note.fields.round === round);
  return mine.toSorted((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0));
}

/** One record for a visit, on whichever of the author's devices it is begun. */
export function observationId(slot: string, member: string): string {
  return derivedId(slot, `${member}:visit`);
}
