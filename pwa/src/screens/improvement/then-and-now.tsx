/**
 * Pattern by pattern, then beside now: one school with itself (rule 16). No arrow, no colour,
 * no sum: what changed is for the people who read it to say.
 */
import { Empty, Section } from "../../components";
import { formatDate, t } from "../../i18n";
import { derivedId, may, record, type RecordView } from "../../state";
import { boardOf, type Board } from "../debriefs/board";
import { howMany, missingFrom, sentence } from "../debriefs/pattern-list";
import { SelectField } from "../words/chosen-field";
import { WordsField } from "../words/words-field";
import type { Coming } from "./revisits";

type Pattern = RecordView<"pattern">;

/** What everybody agreed on: patterns that nothing is missing from. */
export function settledPatterns(board: Board): Pattern[] {
  const settled = board.patterns.filter((each) => missingFrom(board, each).length === 0);
  return settled.filter((each) => (each.fields.form ?? "pattern") === "pattern");
}

function Statement({ pattern }: { pattern: Pattern }) {
  return (
    <p>
      {sentence(pattern)} <span class="soft label summary-about">{howMany(pattern)}</span>
    </p>
  );
}

/** A pattern of the second visit, chosen to stand beside the first. */
function Beside(props: { place: Place; chosen: string | null; among: readonly Pattern[] }) {
  const { place, chosen, among } = props;
  const found = among.find((each) => each.id === chosen);
  return (
    <>
      {found && <Statement pattern={found} />}
      <div class="no-print">
        <SelectField
          {...place}
          field="second_pattern"
          label={t("improvement.second_pattern")}
          none={t("improvement.no_second_pattern")}
          options={among.map((each) => ({ value: each.id, label: sentence(each) }))}
          value={chosen}
          disabled={!may("pattern_now", place.scope)}
        />
      </div>
    </>
  );
}

interface Place {
  kind: "pattern_now";
  id: string;
  scope: string;
}

/** "Then · Sep 18, 2026". */
function headed(words: string, day: string | null): string {
  return [words, day && formatDate(day, "short")].filter(Boolean).join(" · ");
}

interface PairProps {
  pattern: Pattern;
  /** What the second visit's patterns are, to choose from. */
  second: readonly Pattern[];
  days: { then: string | null; now: string | null };
}

function Pair({ pattern, second, days }: PairProps) {
  const id = derivedId(pattern.id, "now");
  const place: Place = { kind: "pattern_now", id, scope: pattern.scope };
  const now = record("pattern_now", id).value?.fields;
  return (
    <li class="then-now-pair keep-together">
      <div class="then">
        <h3>{headed(t("improvement.then"), days.then)}</h3>
        <Statement pattern={pattern} />
      </div>
      <div class="now">
        <h3>{headed(t("improvement.now"), days.now)}</h3>
        {second.length > 0 && (
          <Beside place={place} chosen={now?.second_pattern ?? null} among={second} />
        )}
        <WordsField {...place} field="text" long rows={3} label={t("improvement.now_words")} />
      </div>
    </li>
  );
}

export function ThenAndNow({ coming }: { coming: Coming }) {
  const { board, second, meetsOn } = coming;
  const patterns = settledPatterns(board);
  const isVisit = board.revisit?.form === "second_visit";
  const seen = isVisit && second ? settledPatterns(boardOf(second.id)) : [];
  const days = { then: board.round?.fields.visits_on ?? null, now: meetsOn };
  return (
    <Section title={t("improvement.then_and_now")}>
      <p class="soft">{t("improvement.then_lead")}</p>
      {patterns.length === 0 ? (
        <Empty>{t("debriefs.no_patterns_yet")}</Empty>
      ) : (
        <ul class="then-now">
          {patterns.map((each) => (
            <Pair key={each.id} pattern={each} second={seen} days={days} />
          ))}
        </ul>
      )}
    </Section>
  );
}
