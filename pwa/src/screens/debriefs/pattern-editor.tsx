/**
 * One pattern statement in a sheet: subject, words, how many, the cards that carry it, and
 * whether we agree. Every tap is kept at once; who disagreed is not stored.
 */
import { useState } from "preact/hooks";
import { Button, Checkbox, ElementMark, Form, Sheet, showToast, TextArea } from "../../components";
import { nudges, type Nudge } from "../../domain/nudges";
import { pushedBack, saysMoreThanItsRooms } from "../../domain/patterns";
import { CONSENSUSES, PATTERN_FORMS, PATTERN_SUBJECTS, QUANTIFIERS } from "../../generated/records";
import { language, t, type Key } from "../../i18n";
import { remove, restore, save, type RecordView, type SetOf } from "../../state";
import { ChoiceField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { useDraft } from "../words/draft";
import { ReadWords, WordsField } from "../words/words-field";
import { cardsIn, standingGroups, type Board, type Card } from "./board";
import { beginningOf } from "./long-words";
import { OthersHere, useHands } from "./presence";
import {
  classroomCount,
  agreementOn,
  beginning,
  evidenceOf,
  missingFrom,
  visitedCount,
  wholeSentence,
} from "./pattern-list";
import { pileName } from "./walls";

type Pattern = RecordView<"pattern">;
type Words = "pattern_form" | "pattern_subject" | "quantifier" | "consensus";

interface Props {
  board: Board;
  pattern: Pattern;
}

type CardChoiceProps = Props & { card: Card; withGroup?: boolean };

function put(pattern: Pattern, set: SetOf<"pattern">): Promise<void> {
  return save("pattern", pattern.id, pattern.scope, set);
}

function at({ kind, id, scope }: Pattern) {
  return { kind, id, scope };
}

function options<W extends string>(words: readonly W[], list: Words) {
  return words.map((value) => ({ value, label: t(`vocabulary.${list}.${value}` as Key) }));
}

function Statement({ board, pattern }: Props) {
  const { fields } = pattern;
  const disabled = !board.mayWrite;
  return (
    <>
      <ChoiceField
        {...at(pattern)}
        field="form"
        label={t("debriefs.form")}
        options={options(PATTERN_FORMS, "pattern_form")}
        value={fields.form}
        disabled={disabled}
      />
      <ChoiceField
        {...at(pattern)}
        field="subject"
        label={t("debriefs.subject")}
        options={options(PATTERN_SUBJECTS, "pattern_subject")}
        value={fields.subject}
        disabled={disabled}
      />
      {disabled ? (
        <ReadWords {...at(pattern)} field="statement" label={t("debriefs.statement")} />
      ) : (
        <WordsField
          {...at(pattern)}
          field="statement"
          long
          label={t("debriefs.statement")}
          hint={t("debriefs.statement_hint")}
          rows={3}
          begins={(typed) => beginning(pattern, typed)}
        />
      )}
      <ChoiceField
        {...at(pattern)}
        field="quantifier"
        label={t("debriefs.how_many")}
        hint={t("debriefs.how_many_hint")}
        options={options(QUANTIFIERS, "quantifier")}
        value={fields.quantifier}
        disabled={disabled}
      />
      <FewRooms board={board} pattern={pattern} />
      <p>
        <span class="soft label">{t("debriefs.as_others_read_it")}</span>
        <br />
        {wholeSentence(pattern) || beginning(pattern, "") || "…"}
      </p>
    </>
  );
}

/**
 * What the words of a statement ask back. At the foot of the sheet, so that nothing moves
 * away under a finger when a question appears.
 */
function Questions({ pattern }: { pattern: Pattern }) {
  const { statement, quantifier } = pattern.fields;
  const quantified = quantifier !== null;
  const options = { phase: "pattern", language: language.value, quantified } as const;
  const asked: Nudge[] = statement.trim() ? nudges(statement, options).slice(0, 2) : [];
  return (
    <>
      {asked.map((nudge) => (
        <p key={`${nudge.signal}${nudge.start}`} class="soft label">
          {t(nudge.questionKey as Key, nudge.params)}
        </p>
      ))}
    </>
  );
}

function CardChoice({ board, pattern, card, withGroup = false }: CardChoiceProps) {
  return (
    <div class="evidence-choice">
      <Checkbox
        label={beginningOf(card.fields.text)}
        checked={withGroup || pattern.fields.cards.has(card.id)}
        disabled={withGroup || !board.mayWrite}
        onChange={(on) => put(pattern, { [`cards/${card.id}`]: on })}
      />
      {card.fields.element && <ElementMark element={card.fields.element} word="hidden" />}
    </div>
  );
}

/** Takes off every group that is this one now: it may carry others that were joined to it. */
function attach({ board, pattern }: Props, group: string, on: boolean) {
  const { groups } = pattern.fields;
  const meant = on
    ? [group]
    : [...groups].filter((each) => standingGroups(board, [each]).has(group));
  return put(pattern, Object.fromEntries(meant.map((each) => [`groups/${each}`, on])));
}

function Evidence({ board, pattern }: Props) {
  // Once: a list that folded at the first card would be gone under a finger that has more to tick.
  const [unfolded] = useState(() => evidenceOf(board, pattern).length === 0);
  const loose = cardsIn(board, null);
  const attached = standingGroups(board, pattern.fields.groups);
  const piles = board.groups
    .map(({ id, fields }) => ({ id, name: pileName(fields.name, cardsIn(board, id)) }))
    .filter(({ id }) => cardsIn(board, id).length > 0);
  return (
    <details class="evidence" open={unfolded}>
      <summary>{t("debriefs.its_cards")}</summary>
      <p class="soft label">{t("debriefs.its_cards_hint")}</p>
      {piles.map(({ id, name }) => (
        <fieldset key={id} class="evidence-group">
          <legend class="only-heard">{name}</legend>
          <Checkbox
            label={t("debriefs.whole_group", { name })}
            checked={attached.has(id)}
            disabled={!board.mayWrite}
            onChange={(on) => attach({ board, pattern }, id, on)}
          />
          {cardsIn(board, id).map((card) => (
            <CardChoice key={card.id} {...{ board, pattern, card }} withGroup={attached.has(id)} />
          ))}
        </fieldset>
      ))}
      {loose.map((card) => (
        <CardChoice key={card.id} board={board} pattern={pattern} card={card} />
      ))}
    </details>
  );
}

/**
 * Before anybody agrees: from how many classrooms the cards come, where this device holds that,
 * and never from which. It counts rooms, so it stands in this sheet and nowhere else.
 */
function FromClassrooms({ board, pattern }: Props) {
  const count = classroomCount(board, pattern);
  if (count === null && !board.mayWrite) return null;
  if (count === 0) return null;
  return (
    <p class="soft" role="status">
      {count === null
        ? t("debriefs.rooms_told_elsewhere")
        : t("debriefs.from_classrooms", { count })}
    </p>
  );
}

/** Beside how many it is said of: a thing to look at, which holds nobody back. */
function FewRooms({ board, pattern }: Props) {
  const from = classroomCount(board, pattern) ?? 0;
  const of = visitedCount(board);
  const isMore = saysMoreThanItsRooms(pattern.fields.quantifier, from, of);
  return (
    <p class="soft label" role="status">
      {isMore && t("debriefs.from_few_rooms", { from, of })}
    </p>
  );
}

/** Anybody may press it, and it says what is open: who did is not kept. */
function PushBack({ pattern }: { pattern: Pattern }) {
  const { forget, ...question } = useDraft(`debriefs.push_back/${pattern.id}`);
  const said = pushedBack(question.value);
  const send = async () => {
    if (!said) return;
    await put(pattern, said);
    await forget();
    showToast({ text: t("debriefs.push_back_done") });
  };
  return (
    <details class="fold">
      <summary>{t("debriefs.push_back")}</summary>
      <Form onSubmit={send}>
        <TextArea
          label={t("debriefs.open_question")}
          hint={t("debriefs.push_back_hint")}
          rows={2}
          {...question}
        />
        <div>
          <Button type="submit" disabled={!said}>
            {t("debriefs.push_back_send")}
          </Button>
        </div>
      </Form>
    </details>
  );
}

/**
 * Outside of what tells who is editing, and a pattern's sheet tells nobody who has it open:
 * that would say who agrees and who does not (rule 5, docs/adr/0050).
 */
function Agreement({ board, pattern }: Props) {
  const consensus = agreementOn(pattern);
  return (
    <>
      {board.mayWrite && consensus !== "not_yet" && <PushBack pattern={pattern} />}
      <ChoiceField
        {...at(pattern)}
        field="consensus"
        label={t("debriefs.do_we_agree")}
        options={options(CONSENSUSES, "consensus")}
        value={consensus}
        disabled={!board.mayWrite}
      />
      {consensus === "not_yet" &&
        (board.mayWrite ? (
          <WordsField
            {...at(pattern)}
            field="open_question"
            long
            label={t("debriefs.open_question")}
          />
        ) : (
          <ReadWords {...at(pattern)} field="open_question" label={t("debriefs.open_question")} />
        ))}
    </>
  );
}

async function takeAway(pattern: Pattern, close: () => void): Promise<void> {
  await remove("pattern", pattern.id);
  close();
  showToast({ text: t("debriefs.pattern_gone"), undo: () => restore("pattern", pattern.id) });
}

export function PatternEditor(props: Props & { onClose: () => void }) {
  const { board, pattern, onClose } = props;
  const missing = missingFrom(board, pattern);
  const hands = useHands(board.roundId, pattern.id);
  return (
    <Sheet
      open
      title={t("debriefs.pattern")}
      onClose={onClose}
      actions={
        <>
          {board.mayWrite && (
            <Button look="careful" onPress={() => takeAway(pattern, onClose)}>
              {t("debriefs.take_pattern_away")}
            </Button>
          )}
          <Button look="primary" onPress={onClose}>
            {t("app.done")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <OthersHere record={pattern.id} />
        <DeletedThenEdited {...at(pattern)} />
        <div class="stack" {...hands}>
          <Statement board={board} pattern={pattern} />
          <Evidence board={board} pattern={pattern} />
        </div>
        <FromClassrooms board={board} pattern={pattern} />
        <Agreement board={board} pattern={pattern} />
        <Questions pattern={pattern} />
        {missing.map((key) => (
          <p key={key} class="label soft">
            {t(key)}
          </p>
        ))}
      </div>
    </Sheet>
  );
}
