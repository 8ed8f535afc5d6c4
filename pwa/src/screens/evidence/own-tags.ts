/** The tags that an author gave a note, apart from what the questions keep among them. */
import type { NoteView } from "./own-notes";

/** A kept question is a tag of the author's own note: it is not asked again. */
export const KEPT = "kept.";

export function ownTags(note: NoteView): string[] {
  return [...note.fields.tags].filter((tag) => !tag.startsWith(KEPT));
}
