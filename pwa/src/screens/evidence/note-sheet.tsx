/** One note of one's own: its words, another version of them, and what it said before. */
import { useState } from "preact/hooks";
import { Button, Sheet } from "../../components";
import { t } from "../../i18n";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { EarlierVersions } from "../words/earlier-versions";
import { OtherVersions } from "../words/versions";
import "../words/words.css";
import type { NoteView } from "./own-notes";

interface NoteSheetProps {
  note: NoteView | undefined;
  onClose: () => void;
}

function Inside({ note }: { note: NoteView }) {
  const [earlier, setEarlier] = useState(false);
  const target = { kind: "note", id: note.id, scope: note.scope, field: "text" } as const;
  return (
    <div class="stack">
      <p class="as-written">{note.fields.text}</p>
      <DeletedThenEdited kind="note" id={note.id} scope={note.scope} />
      <OtherVersions {...target} words />
      {earlier ? (
        <>
          <p class="soft">{t("words.earlier_lead")}</p>
          <EarlierVersions {...target} />
        </>
      ) : (
        <div>
          <Button icon="undo" onPress={() => setEarlier(true)}>
            {t("words.earlier")}
          </Button>
        </div>
      )}
    </div>
  );
}

export function NoteSheet({ note, onClose }: NoteSheetProps) {
  return (
    <Sheet open={note !== undefined} title={t("words.note")} onClose={onClose}>
      {note && <Inside key={note.id} note={note} />}
    </Sheet>
  );
}
