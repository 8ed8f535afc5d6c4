/** What is asked of patterns: it stands in the address, so that every view is a link. */
import { useRef, useState } from "preact/hooks";
import { Button, Select, TextField } from "../../components";
import {
  CORE_ELEMENTS,
  GRADE_BANDS,
  PATTERN_SUBJECTS,
  PROGRAM_CONTEXTS,
  ROOM_TO_ROOMS,
  SCHOOL_SUBJECTS,
} from "../../generated/records";
import { formatDate, t, type Key } from "../../i18n";
import { queryOf, type Asked, type QuestionAsked } from "./api";
import { askedWords } from "./asked-words";
import { inWholeQuarters } from "./quarters";

export function oneOf<W extends string>(words: readonly W[], given: string | undefined): W | null {
  return words.find((word) => word === given) ?? null;
}

function questionIn(given: string | undefined): string | null {
  return given !== undefined && /^q[0-9a-f]{16}$/.test(given) ? given : null;
}

export function askedIn(query: Record<string, string>): Asked {
  return {
    words: query["words"] ?? null,
    about: oneOf(PATTERN_SUBJECTS, query["about"]),
    element: oneOf(CORE_ELEMENTS, query["element"]),
    grade_band: oneOf(GRADE_BANDS, query["grade_band"]),
    subject: oneOf(SCHOOL_SUBJECTS, query["subject"]),
    context: oneOf(PROGRAM_CONTEXTS, query["context"]),
    question: questionIn(query["question"]),
    rooms: oneOf(ROOM_TO_ROOMS, query["rooms"]),
    begins_on: query["begins_on"] ?? null,
    ends_on: query["ends_on"] ?? null,
  };
}

/** The words searched for stand in their own field; this is whether anything else is chosen. */
function isChosen({ words: _, ...others }: Asked): boolean {
  return Object.values(others).some(Boolean);
}

export function isNarrowed(asked: Asked): boolean {
  return asked.words !== null || isChosen(asked);
}

/** What is chosen of a list: its name in the address, and its list of the vocabulary. */
const CHOICES = [
  ["about", "patterns.about", "pattern_subject", PATTERN_SUBJECTS],
  ["element", "patterns.core_element", "core_element", CORE_ELEMENTS],
  ["grade_band", "patterns.grade_band", "grade_band", GRADE_BANDS],
  ["subject", "patterns.lesson_subject", "school_subject", SCHOOL_SUBJECTS],
  ["context", "patterns.context", "program_context", PROGRAM_CONTEXTS],
  ["rooms", "patterns.rooms", "room_to_room", ROOM_TO_ROOMS],
] as const;

/** Two that look like one, each told apart from the other. */
const HINTS = { about: "patterns.about_hint", element: "patterns.core_element_hint" } as const;

interface AskingProps {
  asked: Asked;
  onAsk: (asked: Asked) => void;
}

/** Words are looked for when they are whole: at Enter, or when the field is left. */
function Search({ asked, onAsk }: AskingProps) {
  const [words, setWords] = useState(asked.words ?? "");
  const look = () => {
    const wanted = words.trim() || null;
    if (wanted !== asked.words) onAsk({ ...asked, words: wanted });
  };
  return (
    <TextField
      label={t("patterns.search")}
      hint={t("patterns.search_hint")}
      type="search"
      inputMode="search"
      assist={false}
      maxLength={200}
      value={words}
      onInput={setWords}
      onEnter={look}
      onBlur={look}
    />
  );
}

interface AllProps extends AskingProps {
  /** Those that may be read; none before the first answer. */
  questions: readonly QuestionAsked[];
  /** What the look itself parts by, so that it cannot be asked for. */
  without?: "times" | "rooms" | "context";
}

/** Opened by what is chosen; folded again by the person alone, not by the last choice taken back. */
function useOpened(chosen: boolean): boolean {
  const opened = useRef(chosen);
  opened.current ||= chosen;
  return opened.current;
}

export function Asking({ asked, onAsk, questions, without }: AllProps) {
  const opened = useOpened(isChosen(asked));
  return (
    <div class="stack no-print">
      <Search key={asked.words} asked={asked} onAsk={onAsk} />
      <details class="finding-evidence" open={opened}>
        <summary>{t("patterns.narrow_down")}</summary>
        <div class="pattern-filters">
          {CHOICES.filter(([name]) => name !== without).map(([name, label, list, words]) => (
            <Select<string>
              key={name}
              label={t(label)}
              hint={name in HINTS ? t(HINTS[name as keyof typeof HINTS]) : undefined}
              none={t("patterns.all")}
              options={words.map((value) => ({
                value,
                label: t(`vocabulary.${list}.${value}` as Key),
              }))}
              value={asked[name]}
              onChange={(word) => onAsk({ ...asked, [name]: word })}
            />
          ))}
          {questions.length > 0 && <Question {...{ asked, onAsk, questions }} />}
          {without !== "times" && <Times {...{ asked, onAsk }} />}
        </div>
        <ClearAll {...{ asked, onAsk }} />
      </details>
    </div>
  );
}

/** A list cuts what is chosen to its width: below it stands the whole question. */
function Question({ asked, onAsk, questions }: Omit<AllProps, "without">) {
  const chosen = questions.find(({ id }) => id === asked.question);
  return (
    <div class="pattern-question">
      <Select<string>
        label={t("patterns.question")}
        none={t("patterns.all")}
        options={questions.map(({ id, words }) => ({ value: id, label: words }))}
        value={asked.question}
        onChange={(question) => onAsk({ ...asked, question })}
      />
      {chosen && <p class="soft label">{t("agreement.quoted", { question: chosen.words })}</p>}
    </div>
  );
}

/** Everything that is asked for, taken back by one tap. */
function ClearAll({ asked, onAsk }: AskingProps) {
  if (!isNarrowed(asked)) return null;
  return (
    <Button look="quiet" icon="close" onPress={() => onAsk(askedIn({}))}>
      {t("patterns.clear_all")}
    </Button>
  );
}

interface OnPaperProps {
  asked: Asked;
  questions?: readonly QuestionAsked[];
}

/** What was asked, on paper alone: there no field says it. */
export function AskedOnPaper({ asked, questions = [] }: OnPaperProps) {
  if (!isNarrowed(asked)) return null;
  const words = askedWords(Object.fromEntries(queryOf(asked)), questions);
  return <p class="only-print">{`${t("patterns.left_asked")}: ${words}`}</p>;
}

/** Of all that is asked the times alone. */
export function timesIn(query: Record<string, string>): Asked {
  const { begins_on, ends_on } = askedIn(query);
  return { ...askedIn({}), begins_on, ends_on };
}

/** What was asked before, of another time: for the way back to it. */
export function withTimes(asked: Asked, { begins_on, ends_on }: Asked): Asked {
  return { ...asked, begins_on, ends_on };
}

/** Of which time: alone, so that the answer stands in sight below it. */
export function OfWhichTime({ asked, onAsk }: AskingProps) {
  const opened = useOpened(isChosen(asked));
  return (
    <details class="finding-evidence no-print" open={opened}>
      <summary>{t("patterns.narrow_down")}</summary>
      <div class="pattern-filters">
        <Times {...{ asked, onAsk }} />
      </div>
      <ClearAll {...{ asked, onAsk }} />
    </details>
  );
}

/** Days are read as the quarters that they lie in, which is said as soon as one is chosen. */
function InWholeQuarters({ asked }: { asked: Asked }) {
  const { begins_on, ends_on } = inWholeQuarters(asked);
  const days = {
    from: begins_on ? formatDate(begins_on, "short") : "",
    until: ends_on ? formatDate(ends_on, "short") : "",
  };
  const which = begins_on && ends_on ? "both" : begins_on ? "from" : ends_on ? "until" : null;
  if (!which) return null;
  return <p class="soft label pattern-quarters">{t(`patterns.whole_quarters_${which}`, days)}</p>;
}

/** From which day and to which. */
function Times({ asked, onAsk }: AskingProps) {
  return (
    <>
      {(["begins_on", "ends_on"] as const).map((name) => (
        <TextField
          key={name}
          label={t(`patterns.${name}`)}
          type="date"
          value={asked[name] ?? ""}
          onInput={(day) => onAsk({ ...asked, [name]: day || null })}
        />
      ))}
      <InWholeQuarters asked={asked} />
    </>
  );
}
