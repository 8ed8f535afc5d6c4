/**
 * The walk through the questions: your line, the question it raises, edit it or keep it.
 * Nothing here has to be answered; what is typed is kept as it is typed, wherever one goes.
 */
import { useMemo, useState } from "preact/hooks";
import { Button, TextArea } from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import { anyWords, useSavedWords } from "../words/words-field";
import { keepAsItIs, openNudges, questionOf } from "./nudge-question";
import type { StepProps } from "./steps";
import { whereOf } from "./sort-step";
import type { NoteView } from "./own-notes";

interface WalkProps {
  round: string;
  note: NoteView;
  onNext: () => void;
}

/** The line with the words that raise the question marked; text stays text. */
function MarkedLine({ note }: { note: NoteView }) {
  const { text } = note.fields;
  const [first] = openNudges(note);
  if (!first) return <p class="sort-text">{text}</p>;
  return (
    <p class="sort-text">
      {text.slice(0, first.start)}
      <mark class="nudged">{text.slice(first.start, first.end)}</mark>
      {text.slice(first.end)}
    </p>
  );
}

function Walk({ round, note: current, onNext }: WalkProps) {
  const [note] = useState(current);
  const { id, scope } = note;
  // A line is never emptied here: taking a note away is a choice of its own.
  const words = useSavedWords({ kind: "note", id, scope, field: "text" }, anyWords);
  const asked = openNudges(note);
  const changed = anyWords(words.value) !== undefined && words.value !== note.fields.text;
  const keep = () => {
    onNext();
    return changed ? undefined : keepAsItIs(note, asked);
  };
  return (
    <div class="stack">
      <div class="sort-line">
        <p class="soft small figures">{whereOf(round, note)}</p>
        <MarkedLine note={note} />
      </div>
      <ul class="walk-questions">
        {asked.map((nudge) => (
          <li key={nudge.start}>{questionOf(nudge)}</li>
        ))}
      </ul>
      <TextArea label={t("evidence.your_line")} {...words} assist={false} />
      <div class="cluster">
        <Button look="primary" onPress={keep}>
          {t(changed ? "evidence.save_edit" : "evidence.keep_as_is")}
        </Button>
        <Button look="quiet" onPress={onNext}>
          {t("evidence.sort_skip")}
        </Button>
      </div>
    </div>
  );
}

export function QuestionsStep({ round, notes, onGo }: StepProps) {
  const asking = useMemo(
    () => notes.filter((note) => openNudges(note).length > 0).map((note) => note.id),
    [],
  );
  const [at, setAt] = useState(0);
  const note = record("note", asking[at] ?? "").value;
  if (!note) {
    return (
      <div class="stack">
        <p>{t("evidence.questions_done")}</p>
        <div>
          <Button look="primary" onPress={() => onGo("choose")}>
            {t("evidence.go_choose")}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div class="stack">
      <p class="soft small figures">
        {t("evidence.questions_left", { count: asking.length - at })}
      </p>
      <Walk key={note.id} round={round} note={note} onNext={() => setAt((before) => before + 1)} />
    </div>
  );
}
