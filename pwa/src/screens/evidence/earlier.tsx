/**
 * The lines that stand already, above the field: tap one to amend it. The line that was
 * finished last may raise a question; in quiet mode it waits for Review.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ElementMark, showToast } from "../../components";
import { t } from "../../i18n";
import { listBy, remove, restore } from "../../state";
import { fetchQuestion, question } from "./asking";
import type { VisitSlot } from "./day";
import { MoveSheet } from "./move-sheet";
import { quiet } from "./room";
import type { NoteView } from "./own-notes";
import type { Writing } from "./writing";

interface EarlierProps {
  writing: Writing;
  slot: VisitSlot;
  slots: readonly VisitSlot[];
}

function notesHere(writing: Writing): NoteView[] {
  const id = writing.observation(writing.place.value);
  const line = writing.line.value;
  return listBy("note", "observation", id)
    .value.filter((note) => line.amends || note.id !== line.id)
    .toSorted((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0));
}

export async function deleteNote(note: NoteView): Promise<void> {
  await remove("note", note.id);
  showToast({ text: t("evidence.note_deleted"), undo: () => restore("note", note.id) });
}

function NoteRow({ note, writing }: { note: NoteView; writing: Writing }) {
  const current = writing.line.value.id === note.id;
  const Question = question.value;
  const asks = writing.lastFinished.value === note.id && !quiet.value && !current;
  return (
    <li class="earlier-row">
      <button
        type="button"
        class="earlier-note"
        aria-current={current ? "true" : undefined}
        onClick={() => (current ? writing.done() : writing.amend(note))}
      >
        <span class="earlier-minute figures">
          <span class="only-heard">{t("evidence.minute")} </span>
          {note.fields.minute}
          <span aria-hidden="true">′</span>
        </span>
        <span class="earlier-mark">
          {note.fields.element && <ElementMark element={note.fields.element} word="hidden" />}
        </span>
        <span class="earlier-text">{note.fields.text}</span>
      </button>
      {asks && Question && <Question note={note} onEdit={() => writing.amend(note)} />}
    </li>
  );
}

/** While an earlier note is in the field: what can be done with it. */
function Amending({ writing, notes, slot, slots }: EarlierProps & { notes: NoteView[] }) {
  const [moving, setMoving] = useState(false);
  const line = writing.line.value;
  const note = notes.find((each) => each.id === line.id);
  if (!line.amends || !note) return null;
  const takeAway = () => {
    writing.done();
    void deleteNote(note);
  };
  return (
    <div class="amending" role="group" aria-label={t("evidence.amending")}>
      <span class="amending-words soft small">
        {t("evidence.amending_minute", { minute: String(note.fields.minute ?? 0) })}
      </span>
      <Button look="quiet" icon="check" onPress={() => writing.done()}>
        {t("app.done")}
      </Button>
      <Button look="quiet" icon="move" onPress={() => setMoving(true)}>
        {t("evidence.move")}
      </Button>
      <Button look="quiet" icon="trash" onPress={takeAway}>
        {t("evidence.delete")}
      </Button>
      <MoveSheet
        open={moving}
        onClose={() => setMoving(false)}
        {...{ writing, note, notes, slot, slots }}
      />
    </div>
  );
}

export function Earlier(props: EarlierProps) {
  const { writing } = props;
  const list = useRef<HTMLOListElement>(null);
  const notes = notesHere(writing);
  const unkept = writing.unkept.value.filter(
    (line) => !notes.some((note) => note.id === line.id) && line.id !== writing.line.value.id,
  );
  const last = writing.lastFinished.value;
  useEffect(() => void fetchQuestion(), []);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [notes.length, last]);
  return (
    <section class="earlier" aria-label={t("evidence.earlier")}>
      {notes.length + unkept.length === 0 && (
        <p class="earlier-hint soft label">{t("evidence.earlier_hint")}</p>
      )}
      <ol class="earlier-list" ref={list} tabIndex={-1}>
        {notes.map((note) => (
          <NoteRow key={note.id} note={note} writing={writing} />
        ))}
        {unkept.map((line) => (
          <li key={line.id} class="earlier-row earlier-unkept">
            {line.text}
          </li>
        ))}
      </ol>
      <Amending {...props} notes={notes} />
    </section>
  );
}
