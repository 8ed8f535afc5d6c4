/** Notes that belong to another classroom: one or a run of them, with undo. */
import { useState } from "preact/hooks";
import { Choice, List, Row, Sheet, showToast } from "../../components";
import { formatTime, t } from "../../i18n";
import type { VisitSlot } from "./day";
import { moveNotes } from "./moving";
import type { NoteView } from "./own-notes";
import type { Writing } from "./writing";

interface MoveSheetProps {
  open: boolean;
  onClose: () => void;
  writing: Writing;
  note: NoteView;
  /** The notes of this visit, in order. */
  notes: readonly NoteView[];
  slot: VisitSlot;
  slots: readonly VisitSlot[];
}

type Run = "from_here" | "one";

export function MoveSheet(props: MoveSheetProps) {
  const { open, onClose, writing, note, notes, slot, slots } = props;
  const [run, setRun] = useState<Run>("from_here");
  const moveTo = async (target: VisitSlot) => {
    onClose();
    writing.done();
    const chosen = run === "one" ? [note] : notes.slice(notes.indexOf(note));
    const undo = await moveNotes(writing.round, writing.member, chosen, {
      slot: target.id,
      classroom: target.classroom,
    });
    const count = chosen.length;
    showToast({ text: t("evidence.moved", { count, visit: target.label }), undo });
  };
  return (
    <Sheet open={open} title={t("evidence.move_title")} onClose={onClose}>
      <Choice<Run>
        label={t("evidence.move_what")}
        options={[
          { value: "from_here", label: t("evidence.move_from_here") },
          { value: "one", label: t("evidence.move_one") },
        ]}
        value={run}
        onChange={setRun}
      />
      <List label={t("evidence.move_to")}>
        {slots
          .filter((each) => each.id !== slot.id)
          .map((each) => (
            <Row
              key={each.id}
              title={each.label}
              detail={each.detail}
              end={each.begins_at && formatTime(each.begins_at)}
              onPress={() => moveTo(each)}
            />
          ))}
      </List>
    </Sheet>
  );
}
