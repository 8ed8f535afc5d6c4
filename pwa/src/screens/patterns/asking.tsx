/** What is asked of patterns: it stands in the address, so that every view is a link. */
import { useState } from "preact/hooks";
import { Select, TextField } from "../../components";
import {
  CORE_ELEMENTS,
  GRADE_BANDS,
  PATTERN_SUBJECTS,
  PROGRAM_CONTEXTS,
  SCHOOL_SUBJECTS,
} from "../../generated/records";
import { t, type Key } from "../../i18n";
import type { Asked } from "./api";

export function oneOf<W extends string>(words: readonly W[], given: string | undefined): W | null {
  return words.find((word) => word === given) ?? null;
}

export function askedIn(query: Record<string, string>): Asked {
  return {
    words: query["words"] ?? null,
    about: oneOf(PATTERN_SUBJECTS, query["about"]),
    element: oneOf(CORE_ELEMENTS, query["element"]),
    grade_band: oneOf(GRADE_BANDS, query["grade_band"]),
    subject: oneOf(SCHOOL_SUBJECTS, query["subject"]),
    context: oneOf(PROGRAM_CONTEXTS, query["context"]),
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

type List =
  "core_element" | "grade_band" | "pattern_subject" | "program_context" | "school_subject";

interface ChoiceProps<W extends string> {
  label: Key;
  list: List;
  words: readonly W[];
  value: W | null;
  onChoose: (word: W | null) => void;
}

function Choice<W extends string>({ label, list, words, value, onChoose }: ChoiceProps<W>) {
  return (
    <Select
      label={t(label)}
      none={t("patterns.all")}
      options={words.map((word) => ({
        value: word,
        label: t(`vocabulary.${list}.${word}` as Key),
      }))}
      value={value}
      onChange={onChoose}
    />
  );
}

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

export function Asking({ asked, onAsk, times = true }: AskingProps & { times?: boolean }) {
  const choose = <K extends keyof Asked>(name: K) => ({
    value: asked[name],
    onChoose: (word: Asked[K]) => onAsk({ ...asked, [name]: word }),
  });
  return (
    <div class="stack no-print">
      <Search key={asked.words} asked={asked} onAsk={onAsk} />
      <details class="finding-evidence" open={isChosen(asked)}>
        <summary>{t("patterns.narrow_down")}</summary>
        <div class="pattern-filters">
          <Choice
            label="patterns.about"
            list="pattern_subject"
            words={PATTERN_SUBJECTS}
            {...choose("about")}
          />
          <Choice
            label="patterns.core_element"
            list="core_element"
            words={CORE_ELEMENTS}
            {...choose("element")}
          />
          <Choice
            label="patterns.grade_band"
            list="grade_band"
            words={GRADE_BANDS}
            {...choose("grade_band")}
          />
          <Choice
            label="patterns.lesson_subject"
            list="school_subject"
            words={SCHOOL_SUBJECTS}
            {...choose("subject")}
          />
          <Choice
            label="patterns.context"
            list="program_context"
            words={PROGRAM_CONTEXTS}
            {...choose("context")}
          />
          {times &&
            (["begins_on", "ends_on"] as const).map((name) => (
              <TextField
                key={name}
                label={t(`patterns.${name}`)}
                type="date"
                value={asked[name] ?? ""}
                onInput={(day) => onAsk({ ...asked, [name]: day || null })}
              />
            ))}
        </div>
      </details>
    </div>
  );
}
