/** Pattern statements: what we saw, of how many, with the cards that carry it. */
import { Button, Empty, List, Row, Section, Tag } from "../../components";
import { tellsWallAsItIs } from "../../domain/debriefs";
import {
  classroomsBehind,
  consensusOf,
  missingOf,
  saysItsSubject,
  withinASentence,
} from "../../domain/patterns";
import type { Consensus } from "../../generated/records";
import { t, type Key } from "../../i18n";
import { list, type RecordView } from "../../state";
import { cardsIn, standingGroups, type Board } from "./board";
import { Others } from "./presence";

type Pattern = RecordView<"pattern">;
/** What a pattern says, whoever tells it. */
type Said = Pick<Pattern["fields"], "form" | "subject" | "statement" | "quantifier">;

/** The agreed cards of a pattern: attached one by one, or with what a whole group is now. */
export function evidenceOf(board: Board, pattern: Pattern) {
  const { cards, groups } = pattern.fields;
  const within = [...standingGroups(board, groups)].flatMap((group) => cardsIn(board, group));
  const grouped = new Set(within.map((card) => card.id));
  return board.agreed.filter(({ id }) => cards.has(id) || grouped.has(id));
}

/**
 * Until the wall is told as it is (docs/adr/0033), whoever is told it later than others counts
 * what is attached: its cards may be to come.
 */
function cardCount(board: Board, pattern: Pattern): number {
  const seen = evidenceOf(board, pattern).length;
  if (board.maySeeSources || tellsWallAsItIs(board.debrief)) return seen;
  return Math.max(seen, pattern.fields.cards.size + pattern.fields.groups.size);
}

/** From how many classrooms the evidence comes; null for who may not know. */
export function classroomCount(board: Board, pattern: Pattern): number | null {
  if (!board.maySeeSources) return null;
  const rooms = evidenceOf(board, pattern).map((card) => board.sources.get(card.id)?.classroom);
  return classroomsBehind(rooms, joinedRooms(board));
}

/** How many classrooms the round's teams went to, as far as this device holds it. */
export function visitedCount(board: Board): number {
  const slots = list("slot", board.scope).value.filter(({ fields }) => !fields.skipped);
  const rooms = [
    ...slots.map(({ fields }) => fields.classroom),
    ...[...board.sources.values()].map(({ classroom }) => classroom),
  ];
  return classroomsBehind(rooms, joinedRooms(board));
}

/** Which visit numbers a lead joined into which. */
function joinedRooms(board: Board): ReadonlyMap<string, string | null> {
  const rooms = list("classroom", board.scope).value;
  return new Map(rooms.map(({ id, fields }) => [id, fields.joined_to]));
}

/** Whether we agree: one who pushed back while others agreed keeps it open. */
export function agreementOn({ fields, versions }: Pattern): Consensus | null {
  const said = versions["consensus"]?.map(({ value }) => value as Consensus | null);
  return consensusOf(said ?? [fields.consensus]);
}

/** What a pattern still needs before it is settled (rule 5), as keys of messages. */
export function missingFrom(board: Board, pattern: Pattern): Key[] {
  const { form, subject, statement, quantifier } = pattern.fields;
  return missingOf({
    form,
    subject,
    statement,
    quantifier,
    consensus: agreementOn(pattern),
    cardCount: cardCount(board, pattern),
    classroomCount: classroomCount(board, pattern),
  }).map((missing): Key => `patterns.missing.${missing}`);
}

/**
 * "Students give a reason with their answer." as one reads it aloud. Whom it is about is not
 * said twice where it was typed along; a question stands as it was asked.
 */
export function sentence({ fields }: { fields: Said }): string {
  const { form, subject, statement } = fields;
  const words = statement.trim();
  if (!subject || !words || form === "question") return words;
  if (saysItsSubject(words, subject)) return words.slice(0, 1).toUpperCase() + words.slice(1);
  return t(`patterns.sentence.${subject}`, { statement: withinASentence(words) });
}

/** "Students …": what the words of a statement go on from, unless they say it themselves. */
export function beginning({ fields: { form, subject } }: { fields: Said }, typed: string): string {
  if (!subject || form === "question" || saysItsSubject(typed.trim(), subject)) return "";
  return t(`patterns.sentence.${subject}`, { statement: "…" });
}

/** "In some of the classrooms we visited". */
export function howMany({ fields: { quantifier } }: { fields: Said }): string {
  return quantifier ? t(`patterns.in_how_many.${quantifier}`) : "";
}

/** "In some of the classrooms we visited, students give a reason with their answer." */
export function wholeSentence(pattern: { fields: Said }): string {
  const how_many = howMany(pattern);
  const what = sentence(pattern);
  return how_many && what ? t("patterns.whole", { how_many, what: withinASentence(what) }) : what;
}

function PatternRow(props: { board: Board; pattern: Pattern; onOpen: (id: string) => void }) {
  const { board, pattern, onOpen } = props;
  const missing = missingFrom(board, pattern);
  const { form, open_question } = pattern.fields;
  const consensus = agreementOn(pattern);
  // While nothing is written yet, one hint at a time: all of them together are read by nobody.
  const hints = pattern.fields.statement.trim() ? missing : missing.slice(0, 1);
  const about = [howMany(pattern), ...hints.map((key) => t(key))].filter(Boolean).join(" · ");
  return (
    <Row
      title={sentence(pattern) || t("debriefs.unwritten_pattern")}
      detail={
        <>
          {about}
          <Others record={pattern.id} />
          {consensus === "not_yet" && open_question && (
            <span class="still-open">{t("debriefs.still_open", { question: open_question })}</span>
          )}
        </>
      }
      end={
        <Tag>
          {form === "contrast" || form === "question"
            ? t(`vocabulary.pattern_form.${form}`)
            : t(`vocabulary.consensus.${consensus ?? "not_yet"}`)}
        </Tag>
      }
      onPress={() => onOpen(pattern.id)}
    />
  );
}

export function PatternList(props: {
  board: Board;
  onOpen: (id: string) => void;
  onWrite: () => void;
  /** In the step that is there for it, the first one is what the step waits for. */
  isOwnAct: boolean;
}) {
  const { board, onOpen, onWrite, isOwnAct } = props;
  const waits = isOwnAct && !board.patterns.some(({ fields }) => fields.statement.trim());
  return (
    <Section title={t("debriefs.patterns")}>
      {board.patterns.length === 0 ? (
        <Empty>{t("debriefs.no_patterns_yet")}</Empty>
      ) : (
        <List label={t("debriefs.patterns")}>
          {board.patterns.map((pattern) => (
            <PatternRow key={pattern.id} board={board} pattern={pattern} onOpen={onOpen} />
          ))}
        </List>
      )}
      {board.mayWrite && (
        <div>
          <Button look={waits ? "primary" : "plain"} icon="add" onPress={onWrite}>
            {t("debriefs.write_pattern")}
          </Button>
        </div>
      )}
    </Section>
  );
}
