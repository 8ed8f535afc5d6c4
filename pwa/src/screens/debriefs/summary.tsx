/**
 * The return summary: one page that goes back to the host. The host reads it first, may add
 * words beside the network's, has every name looked at, and opens it audience by audience.
 *
 * Its content is the round's own records: what was agreed and settled, nothing else.
 */
import { useRoute } from "preact-iso";
import { Empty, PrintSheet, Screen, Section, Toggle } from "../../components";
import { countsNextLevel } from "../../domain/debriefs";
import { asToBeDone } from "../../domain/improvement";
import { wordsToCheck } from "../../domain/names-check";
import { AUDIENCES, type Audience } from "../../generated/records";
import { formatDate, language, t } from "../../i18n";
import { derivedId, list, may, record, save, type FieldsOf, type RecordView } from "../../state";
import { firstOf, TooManyFirst } from "../improvement/first-items";
import { reflectiveQuestions } from "../improvement/reflective-questions";
import { takerName } from "../improvement/item-editor";
import { WordsField } from "../words/words-field";
import {
  asItStands,
  OF_THE_LEADS,
  OpenAnew,
  openedTo,
  ReadByOthers,
  readByOthers,
  type OfTheLeads,
} from "./as-opened";
import { boardOf, type Board } from "./board";
import { KeptInMind, questionsToCheck } from "./kept-in-mind";
import { NamesCheck, NamesInField, type Checked } from "./names-check";
import { OpenByLink } from "./open-by-link";
import { howMany, missingFrom, sentence } from "./pattern-list";
import { BY_LINK, type ByLink } from "./summary-pages";
import { TakeAlong } from "./take-along";
import { WhoReads } from "./who-reads";
import "./debriefs.css";

interface Summary {
  board: Board;
  id: string;
  fields: Partial<FieldsOf<"return_summary">>;
  versions: RecordView<"return_summary">["versions"];
  isHost: boolean;
  patterns: Board["patterns"];
  questions: Board["patterns"];
  items: Board["items"];
  problem: string;
}

/**
 * What was agreed on to do, once an agreed prediction was sealed before it (rule 4). Also what
 * nobody gave a day yet: it must not vanish (docs/adr/0052).
 */
function itemsOf(board: Board): Board["items"] {
  const counted = countsNextLevel({
    teams: [],
    patternCount: 0,
    predictionCount: board.predictions.filter((each) => each.fields.agreed).length,
    sealed: Boolean(board.debrief?.sealed_at),
  });
  return counted ? board.items.filter((each) => each.fields.text.trim()) : [];
}

function summaryOf(roundId: string): Summary {
  const board = boardOf(roundId);
  const id = derivedId(roundId, "summary");
  const found = record("return_summary", id).value;
  const settled = board.patterns.filter((each) => missingFrom(board, each).length === 0);
  const [problem] = list("problem_of_practice", board.scope).value;
  return {
    board,
    id,
    fields: found?.fields ?? {},
    versions: found?.versions ?? {},
    isHost: may("return_summary", board.scope, ["host_words"]),
    patterns: settled.filter((each) => each.fields.form === "pattern"),
    questions: settled.filter((each) => each.fields.form !== "pattern"),
    items: itemsOf(board),
    problem: problem?.fields.text ?? "",
  };
}

const REGISTERS = [...OF_THE_LEADS, "host_words"] as const;
type Register = (typeof REGISTERS)[number];

function isOfTheLeads(register: Register): register is OfTheLeads {
  return register !== "host_words";
}

function wordsOf({ board, id, fields }: Summary, register: Register): Checked {
  return {
    text: fields[register] ?? "",
    replace: (text) => save("return_summary", id, board.scope, { [register]: text } as never),
  };
}

/** Every text that would leave, with what can be done about a word in it. */
function textsOf(summary: Summary): Checked[] {
  const { board } = summary;
  const own = REGISTERS.map((register) => wordsOf(summary, register));
  const statements = [...summary.patterns, ...summary.questions].map((each) => ({
    text: each.fields.statement,
    replace: (text: string) => save("pattern", each.id, board.scope, { statement: text }),
  }));
  const items = summary.items.flatMap((each) =>
    (["text", "support", "learned"] as const).map((register) => ({
      text: each.fields[register],
      replace: (text: string) =>
        save("next_level_item", each.id, board.scope, { [register]: text }),
    })),
  );
  const [problem] = list("problem_of_practice", board.scope).value;
  const asked = problem && {
    text: problem.fields.text,
    replace: (text: string) => save("problem_of_practice", problem.id, board.scope, { text }),
  };
  const kept = questionsToCheck(board.scope);
  return [...own, ...(asked ? [asked] : []), ...kept, ...statements, ...items].filter(
    (each) => each.text,
  );
}

interface WordsProps {
  summary: Summary;
  register: Register;
  label: string;
  may: boolean;
}

/** Whoever may write them has a field on the screen; on paper they are words for everybody. */
function Words({ summary, register, label, may: allowed }: WordsProps) {
  const { fields, board, isHost } = summary;
  const own = wordsOf(summary, register);
  const ofTheLeads = isOfTheLeads(register) ? register : null;
  const value = ofTheLeads && !isHost ? readByOthers(fields, ofTheLeads) : own.text;
  return (
    <>
      {value && <p class={allowed ? "summary-words only-print" : "summary-words"}>{value}</p>}
      {allowed && (
        <div class="no-print">
          <WordsField
            kind="return_summary"
            id={summary.id}
            scope={summary.board.scope}
            field={register}
            long
            label={label}
          />
          {ofTheLeads && !isHost && (
            <ReadByOthers roundId={board.roundId} {...{ fields }} register={ofTheLeads} />
          )}
          {!isHost && <NamesInField {...own} words={wordsToLookAt(summary, [own])} />}
        </div>
      )}
    </>
  );
}

/** With its heading, where there is anything to read or somebody who may write it. */
function TitledWords({ title, ...words }: WordsProps & { title: string }) {
  const { fields, isHost } = words.summary;
  const { register } = words;
  const written = Boolean(
    isOfTheLeads(register) && !isHost ? readByOthers(fields, register) : fields[register],
  );
  if (!written && !words.may) return null;
  return (
    <div class={written ? undefined : "no-print"}>
      <Section title={title}>
        <Words {...words} />
      </Section>
    </div>
  );
}

function Statements({ title, patterns }: { title: string; patterns: Board["patterns"] }) {
  if (patterns.length === 0) return null;
  return (
    <Section title={title}>
      <ul class="summary-statements">
        {patterns.map((each) => (
          <li key={each.id}>
            {sentence(each)}
            <span class="soft label summary-about">{howMany(each)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Items({ items, board }: { items: Board["items"]; board: Board }) {
  if (items.length === 0) return null;
  const { standing } = firstOf(board.items);
  const told = asToBeDone(items, (each) => ({
    ...{ id: each.id, order: each.fields.order, horizon: each.fields.horizon },
    starts: standing.includes(each),
  }));
  return (
    <Section title={t("improvement.item")}>
      <ul class="summary-statements">
        {told.map((each) => (
          <li key={each.id}>
            {each.fields.text}
            <span class="soft label summary-about">
              {[
                standing.includes(each) && t("improvement.starts_first"),
                each.fields.horizon && t(`vocabulary.horizon.${each.fields.horizon}`),
                takerName(each) ?? t("improvement.nobody_yet"),
                each.fields.check_back_on
                  ? t("improvement.check_back", {
                      date: formatDate(each.fields.check_back_on, "short"),
                    })
                  : t("improvement.no_day_yet"),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      <TooManyFirst items={board.items} scope={board.scope} />
    </Section>
  );
}

/** Why it cannot be turned on, or has no effect yet, and what comes next; else what it does. */
function hintOf(audience: Audience, is: { shut: boolean; open: boolean; read: boolean }): string {
  if (is.shut) return t("debriefs.audience_waits");
  if (is.open && !is.read) return t("debriefs.audience_waits_anew");
  if (is.open && BY_LINK.includes(audience)) return t("debriefs.read_by_link");
  return t(`debriefs.audience_hint.${audience}`);
}

/** Opened or closed by the host, one by one; who never signs in reads by a link. */
function OneAudience(props: { summary: Summary; audience: Audience; waits: boolean }) {
  const { summary, audience, waits } = props;
  const { board, id, fields } = summary;
  const isOpen = fields.opened?.has(audience) ?? false;
  const isRead = openedTo(board.roundId, fields).has(audience);
  const isShut = waits && !isOpen;
  return (
    <div class="stack">
      <Toggle
        label={t(`vocabulary.audience.${audience}`)}
        hint={hintOf(audience, { shut: isShut, open: isOpen, read: isRead })}
        checked={isOpen}
        disabled={isShut}
        onChange={(on) =>
          save("return_summary", id, board.scope, {
            [`opened/${audience}`]: on,
            ...(on && asItStands(board.roundId, fields)),
          })
        }
      />
      {isOpen && BY_LINK.includes(audience) && (
        <OpenByLink roundId={board.roundId} audience={audience as ByLink} />
      )}
    </div>
  );
}

/** Words that may name somebody, and that nobody has looked at yet. */
function wordsToLookAt({ fields }: Summary, texts: readonly Checked[]): string[] {
  return wordsToCheck(
    texts.map((each) => each.text),
    fields.not_a_person ?? new Set<string>(),
    language.value,
  );
}

interface OpeningProps {
  summary: Summary;
  texts: readonly Checked[];
  open: readonly string[];
}

function Opening({ summary, texts, open }: OpeningProps) {
  const { board, id, fields } = summary;
  return (
    <div class="no-print stack-wide">
      {open.length > 0 && (
        <NamesCheck
          texts={texts}
          words={open}
          onNobody={(slug) =>
            save("return_summary", id, board.scope, { [`not_a_person/${slug}`]: true })
          }
        />
      )}
      <Section title={t("debriefs.who_may_read")}>
        <OpenAnew roundId={board.roundId} {...{ id, fields }} waits={open.length > 0} />
        <p class="soft">{t(open.length > 0 ? "debriefs.names_first" : "debriefs.you_open_it")}</p>
        {AUDIENCES.map((audience) => (
          <OneAudience key={audience} {...{ summary, audience }} waits={open.length > 0} />
        ))}
      </Section>
    </div>
  );
}

/** The host opens it; whoever it is open to takes it along, the host before. */
function Leaving({ summary, isOpened }: { summary: Summary; isOpened: boolean }) {
  const texts = textsOf(summary);
  const open = wordsToLookAt(summary, texts);
  return (
    <>
      {summary.isHost && <Opening {...{ summary, texts, open }} />}
      {(summary.isHost || isOpened) && (
        <TakeAlong roundId={summary.board.roundId} waits={open.length > 0} />
      )}
    </>
  );
}

/** For the round's people alone: it is part of nothing that leaves. */
function ToThinkAbout({ scope }: { scope: string }) {
  const asked = reflectiveQuestions(scope).filter(({ fields }) => fields.text.trim());
  if (asked.length === 0) return null;
  return (
    <div class="no-print">
      <Section title={t("improvement.reflective")}>
        <p class="soft label">{t("improvement.reflective_stays")}</p>
        <ul class="summary-statements">
          {asked.map(({ id, fields }) => (
            <li key={id}>{fields.text}</li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Page({ summary }: { summary: Summary }) {
  const { board, isHost } = summary;
  const mayDraft = board.mayLead;
  return (
    <div class="summary-page">
      <PrintSheet>
        <Words summary={summary} register="thanks" label={t("debriefs.thanks")} may={mayDraft} />
        {summary.problem && (
          <Section title={t("debriefs.problem_of_practice")}>
            <p>{summary.problem}</p>
          </Section>
        )}
        <KeptInMind scope={board.scope} />
        <Statements title={t("debriefs.patterns")} patterns={summary.patterns} />
        <Statements title={t("debriefs.questions")} patterns={summary.questions} />
        <Items items={summary.items} board={board} />
        <div class="summary-beside">
          <TitledWords
            title={t("debriefs.network_words")}
            summary={summary}
            register="network_words"
            label={t("debriefs.network_words_label")}
            may={mayDraft}
          />
          <TitledWords
            title={t("debriefs.host_words")}
            summary={summary}
            register="host_words"
            label={t("debriefs.host_words_label")}
            may={isHost}
          />
        </div>
      </PrintSheet>
    </div>
  );
}

export default function SummaryScreen() {
  const roundId = useRoute().params["round"] ?? "";
  const summary = summaryOf(roundId);
  const { board, isHost, fields } = summary;
  const title = board.round?.fields.title ?? t("app.rounds");
  const readers = openedTo(roundId, fields);
  const opened = readers.has("network");
  const mayRead = isHost || board.mayLead || opened;
  const closed = Boolean(board.debrief?.closed_at);
  return (
    <Screen title={t("debriefs.summary")} back={{ href: `/rounds/${roundId}`, label: title }}>
      {!closed ? (
        <Empty>{t("debriefs.summary_later")}</Empty>
      ) : !mayRead ? (
        <Empty>{t("debriefs.host_reads_first")}</Empty>
      ) : (
        <div class="stack-wide">
          {(isHost || board.mayLead) && (
            <WhoReads opened={readers} {...{ isHost, roundId, title }} />
          )}
          <Page summary={summary} />
          <ToThinkAbout scope={board.scope} />
          <Leaving summary={summary} isOpened={opened} />
        </div>
      )}
    </Screen>
  );
}
