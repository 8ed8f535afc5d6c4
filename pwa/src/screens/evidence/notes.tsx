/** One's own notes of a round: read, search, take along as a text file. Theirs alone. */
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import {
  Button,
  ElementMark,
  Empty,
  LinkButton,
  List,
  Row,
  Screen,
  Section,
  Tag,
  TextField,
} from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import { byClassroom } from "./choose-step";
import { NotesGo } from "../retention/notes-go";
import { classroomOf, memberId, visitDetail, visitLabel } from "./day";
import { NoteSheet } from "./note-sheet";
import { notesAsText, saveTextFile } from "./notes-file";
import { VisitHeading } from "./visit-heading";
import { notesOf, type NoteView } from "./own-notes";
import "./evidence.css";

/** Folded, so that *raton* finds *ratón* and *WHY* finds *why*. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function found(notes: readonly NoteView[], words: string): readonly NoteView[] {
  const wanted = folded(words.trim());
  return wanted === "" ? notes : notes.filter((note) => folded(note.fields.text).includes(wanted));
}

function titleOf(round: string, id: string): string {
  const classroom = classroomOf(round, id);
  if (!classroom) return t("evidence.moved_elsewhere");
  return [visitLabel(classroom), visitDetail(classroom)].filter(Boolean).join(" · ");
}

export default function Notes() {
  const { round = "" } = useRoute().params;
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const all = notesOf(round, memberId());
  const groups = byClassroom(round, found(all, words));
  const title = record("round", round).value?.fields.title;
  const save = () => {
    const parts = byClassroom(round, all).map(([id, notes]) => ({
      title: titleOf(round, id),
      notes,
    }));
    saveTextFile(t("evidence.file_name"), notesAsText(title ?? "", parts));
  };
  return (
    <Screen
      title={t("evidence.notes_title")}
      lead={t("evidence.notes_lead")}
      back={{ href: `/rounds/${round}`, label: title || t("app.rounds") }}
    >
      {all.length === 0 ? (
        <Empty action={<LinkButton href="/">{t("app.to_today")}</LinkButton>}>
          {t("evidence.no_notes")}
        </Empty>
      ) : (
        <div class="stack">
          <NotesGo round={round} />
          <TextField label={t("evidence.search")} value={words} onInput={setWords} assist={false} />
          {groups.length === 0 && <Empty>{t("evidence.none_found")}</Empty>}
          {groups.map(([id, notes]) => (
            <Section key={id} title={<VisitHeading round={round} id={id} />}>
              <List long>
                {notes.map((note) => (
                  <Row
                    key={note.id}
                    title={<span class="note-words">{note.fields.text}</span>}
                    detail={`${t("evidence.minute")} ${note.fields.minute ?? 0}`}
                    end={note.versions["text"] && <Tag>{t("words.another")}</Tag>}
                    onPress={() => setOpen(note.id)}
                    start={
                      <span class="choose-mark">
                        {note.fields.element && (
                          <ElementMark element={note.fields.element} word="hidden" />
                        )}
                      </span>
                    }
                  />
                ))}
              </List>
            </Section>
          ))}
          <div class="cluster">
            <Button icon="download" onPress={save}>
              {t("evidence.save_file")}
            </Button>
          </div>
          <NoteSheet note={all.find((note) => note.id === open)} onClose={() => setOpen(null)} />
        </div>
      )}
    </Screen>
  );
}
