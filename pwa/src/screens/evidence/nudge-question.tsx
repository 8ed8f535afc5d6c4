/**
 * The question that a finished line raises, beside the line: amend it, or keep it as it is.
 * It blocks nothing and leaves the device never (rule 7).
 */
import { Button } from "../../components";
import { nudges, type Nudge } from "../../domain/nudges";
import { language, t } from "../../i18n";
import { save } from "../../state";
import { KEPT } from "./own-tags";
import type { NoteView } from "./own-notes";

/** What a note still asks: a question of a kind that was kept is not repeated. */
export function openNudges(note: NoteView): Nudge[] {
  const { text, tags } = note.fields;
  const found = nudges(text, { language: language.value });
  return found.filter((nudge) => !tags.has(`${KEPT}${nudge.signal}`));
}

export function keepAsItIs(note: NoteView, asked: readonly Nudge[]): Promise<void> {
  const kept = asked.map((nudge) => [`tags/${KEPT}${nudge.signal}`, true] as const);
  return save("note", note.id, note.scope, Object.fromEntries(kept));
}

export function questionOf(nudge: Nudge): string {
  return t(nudge.questionKey, nudge.params);
}

interface NudgeQuestionProps {
  note: NoteView;
  onEdit: () => void;
}

export function NudgeQuestion({ note, onEdit }: NudgeQuestionProps) {
  const asked = openNudges(note);
  const [first] = asked;
  if (!first) return null;
  return (
    <div class="nudge" role="note">
      <span class="nudge-words">{questionOf(first)}</span>
      <Button look="quiet" onPress={onEdit}>
        {t("evidence.nudge_edit")}
      </Button>
      <Button look="quiet" onPress={() => keepAsItIs(note, asked)}>
        {t("evidence.nudge_keep")}
      </Button>
    </div>
  );
}
