/**
 * Folded away in the room: the round's focus questions, and what the line in the field, or
 * the one finished last, bears on.
 */
import { Button, Checkbox, Empty, Sheet, Tag, TextField } from "../../components";
import { t } from "../../i18n";
import { list, record, save } from "../../state";
import { Codes, codesOf } from "../rounds/standard-codes";
import { useDraft } from "../words/draft";
import { ownTags } from "./own-tags";
import type { NoteView } from "./own-notes";
import type { Writing } from "./writing";

interface QuestionsSheetProps {
  open: boolean;
  onClose: () => void;
  writing: Writing;
}

/** `Wait time!` -> `wait-time`: tags travel as plain words. */
export function tagOf(words: string): string {
  const plain = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
}

function useNote(writing: Writing): NoteView | undefined {
  const { id } = writing.line.value;
  const current = record("note", id).value;
  const last = record("note", writing.lastFinished.value ?? "").value;
  return current ?? last;
}

function Tags({ note }: { note: NoteView }) {
  const { forget, ...words } = useDraft(`evidence.tag/${note.id}`);
  const add = (event: Event) => {
    event.preventDefault();
    const tag = tagOf(words.value);
    if (tag) void save("note", note.id, note.scope, { [`tags/${tag}`]: true });
    void forget();
  };
  const takeAway = (tag: string) => save("note", note.id, note.scope, { [`tags/${tag}`]: false });
  return (
    <form class="stack" onSubmit={add}>
      <TextField label={t("evidence.tag")} {...words} assist={false} />
      <div class="cluster">
        {ownTags(note).map((tag) => (
          <Button
            key={tag}
            look="quiet"
            icon="close"
            label={t("evidence.tag_remove", { tag })}
            onPress={() => takeAway(tag)}
          >
            <Tag>{tag.replaceAll("-", " ")}</Tag>
          </Button>
        ))}
        <Button type="submit" look="plain">
          {t("evidence.tag_add")}
        </Button>
      </div>
    </form>
  );
}

export function QuestionsSheet({ open, onClose, writing }: QuestionsSheetProps) {
  const note = useNote(writing);
  const questions = list("focus_question", `round:${writing.round}`).value.toSorted(
    (a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0),
  );
  const bears = (id: string, value: boolean) =>
    note && save("note", note.id, note.scope, { [`focus_questions/${id}`]: value });
  return (
    <Sheet open={open} title={t("evidence.questions_and_tags")} onClose={onClose}>
      {note ? <p class="soft">{note.fields.text}</p> : <p>{t("evidence.questions_hint")}</p>}
      {questions.length === 0 && <Empty>{t("evidence.no_questions")}</Empty>}
      {questions.map((question) =>
        note ? (
          <Checkbox
            key={question.id}
            label={question.fields.text}
            hint={codesOf(question) || undefined}
            checked={note.fields.focus_questions.has(question.id)}
            onChange={(value) => void bears(question.id, value)}
          />
        ) : (
          <div key={question.id}>
            <p>{question.fields.text}</p>
            <Codes question={question} />
          </div>
        ),
      )}
      {note && <Tags note={note} />}
    </Sheet>
  );
}
