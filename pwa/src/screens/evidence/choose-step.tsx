/** Star what bears on the problem of practice; choose 5 to 10 to post. */
import { useState } from "preact/hooks";
import { Button, ElementMark, Empty, Icon, Section, Tag, Toggle } from "../../components";
import { t } from "../../i18n";
import { list, save } from "../../state";
import { classroomOf, memberId } from "./day";
import { isUp, myPosts } from "./posting";
import type { StepProps } from "./steps";
import { isWide } from "../wide";
import { VisitHeading } from "./visit-heading";
import type { NoteView } from "./own-notes";

const MANY = 10;

interface RowProps {
  note: NoteView;
  posted: boolean;
}

function set(note: NoteView, values: { starred?: boolean; chosen?: boolean }): void {
  void save("note", note.id, note.scope, values);
}

function ChooseRow({ note, posted }: RowProps) {
  const { text, element, starred, chosen } = note.fields;
  return (
    <li class="choose-row">
      <span class="choose-mark">
        {element ? <ElementMark element={element} word="hidden" size={16} /> : null}
      </span>
      <span class="choose-text">
        {text} {!element && <Tag>{t("evidence.unsorted_mark")}</Tag>}
        {posted && <Tag>{t("evidence.posted")}</Tag>}
      </span>
      <span class="choose-acts">
        <button
          type="button"
          class="button choose-act"
          data-look="quiet"
          aria-pressed={starred ?? false}
          aria-label={t("evidence.star_of", { note: text.slice(0, 60) })}
          onClick={() => set(note, { starred: !starred })}
        >
          <Icon name="star" filled={starred ?? false} size={20} />
          {t("evidence.star")}
        </button>
        <button
          type="button"
          class="button choose-act"
          data-look="quiet"
          aria-pressed={chosen ?? false}
          aria-label={t("evidence.choose_of", { note: text.slice(0, 60) })}
          onClick={() => set(note, { chosen: !chosen })}
        >
          <Icon name={chosen ? "check" : "add"} size={20} />
          {t("evidence.choose")}
        </button>
      </span>
    </li>
  );
}

/** The notes of one classroom after the other, in the order of their numbers. */
export function byClassroom(round: string, notes: readonly NoteView[]) {
  const groups = new Map<string, NoteView[]>();
  for (const note of notes) {
    const id = classroomOf(round, note.fields.classroom)?.id ?? "";
    groups.set(id, [...(groups.get(id) ?? []), note]);
  }
  const number = (id: string) => classroomOf(round, id)?.fields.number ?? Infinity;
  return [...groups].sort(([a], [b]) => number(a) - number(b));
}

function chosenWords(count: number): string {
  if (count === 0) return t("evidence.chosen_none");
  return t(count > MANY ? "evidence.chosen_many" : "evidence.chosen_count", { count });
}

/** What the stars are about. On a phone it is folded: it would fill half of the notes' place. */
function ProblemOfPractice({ round }: { round: string }) {
  const text = list("problem_of_practice", `round:${round}`).value[0]?.fields.text;
  if (!text) return null;
  return (
    <details open={isWide()}>
      <summary>{t("rounds.part.problem")}</summary>
      <p>{text}</p>
    </details>
  );
}

export function ChooseStep({ round, notes, onGo }: StepProps) {
  const [starred, setStarred] = useState(false);
  const shown = starred ? notes.filter((note) => note.fields.starred) : notes;
  const up = new Set(
    myPosts(round, memberId())
      .filter(isUp)
      .map((post) => post.note),
  );
  const count = notes.filter((note) => note.fields.chosen && !up.has(note.id)).length;
  return (
    <div class="stack">
      <ProblemOfPractice round={round} />
      <p class="soft">{t("evidence.choose_words")}</p>
      <Toggle label={t("evidence.only_starred")} checked={starred} onChange={setStarred} />
      {shown.length === 0 && <Empty>{t("evidence.none_starred")}</Empty>}
      {byClassroom(round, shown).map(([id, some]) => (
        <Section key={id} title={<VisitHeading round={round} id={id} />}>
          <ul class="list" data-long>
            {some.map((note) => (
              <ChooseRow key={note.id} note={note} posted={up.has(note.id)} />
            ))}
          </ul>
        </Section>
      ))}
      <div class="review-foot">
        <span role="status">{chosenWords(count)}</span>
        <Button look="primary" disabled={count === 0} onPress={() => onGo("post")}>
          {t("evidence.go_post")}
        </Button>
      </div>
    </div>
  );
}
