/**
 * One school with itself, then and now, where its host opened that by name. One is chosen and
 * read; no view sets schools beside each other (rule 16), and nothing says better or worse.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section, Select, useAnswer } from "../../components";
import { compareText, language, t } from "../../i18n";
import { network } from "../../state";
import { findThenAndNow, type Pair } from "./api";
import { KeepView } from "./saved-views";
import { Unanswered } from "./unanswered";
import "../improvement/improvement.css";
import "./patterns.css";

function headed(words: string, visited: string | null): string {
  return [words, visited].filter(Boolean).join(" · ");
}

interface NowProps {
  /** Whether it was agreed on, or is only said: as the file's columns have it. */
  words: string;
  visited: string | null;
  said: string | null;
}

function Now({ words, visited, said }: NowProps) {
  if (!said) return null;
  return (
    <>
      <h3>{headed(words, visited)}</h3>
      <p>{said}</p>
    </>
  );
}

function OneSchool({ name, pairs }: { name: string; pairs: readonly Pair[] }) {
  return (
    <PrintSheet>
      <Section title={name}>
        <p class="soft label">{t("patterns.then_and_now_note")}</p>
        <ul class="then-now">
          {pairs.map((pair, at) => (
            <li key={at} class="then-now-pair keep-together">
              <div class="then">
                <h3>{headed(t("exports.column.then"), pair.then_visited)}</h3>
                <p>{pair.then}</p>
              </div>
              <div class="now">
                <Now words={t("exports.column.now")} visited={pair.now_visited} said={pair.now} />
                <Now
                  words={t("exports.column.now_words")}
                  visited={pair.now_visited}
                  said={pair.words}
                />
              </div>
            </li>
          ))}
        </ul>
      </Section>
    </PrintSheet>
  );
}

function Schools({ pairs }: { pairs: readonly Pair[] }) {
  const { query, route } = useLocation();
  const names = new Map(pairs.map(({ school_id, school }) => [school_id, school]));
  if (names.size === 0) return <Empty>{t("patterns.then_and_now_none")}</Empty>;
  const options = [...names].map(([value, label]) => ({ value, label }));
  const only = options.length === 1 ? options[0]?.value : undefined;
  const chosen = names.has(query["school"] ?? "") ? query["school"] : only;
  const of = pairs.filter(({ school_id }) => school_id === chosen);
  return (
    <div class="stack-wide">
      <div class="no-print">
        <Select
          label={t("patterns.school")}
          none={t("patterns.choose_school")}
          options={options.sort((a, b) => compareText(a.label, b.label))}
          value={chosen ?? null}
          onChange={(school) =>
            route(`/patterns/schools${school ? `?${new URLSearchParams({ school })}` : ""}`, true)
          }
        />
      </div>
      {chosen && <KeepView asked={new URLSearchParams({ school: chosen })} look="schools" />}
      {chosen && <OneSchool name={names.get(chosen) ?? ""} pairs={of} />}
    </div>
  );
}

export default function SchoolThenAndNowScreen() {
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useAnswer(
    () => findThenAndNow(networkId, language.value),
    `${networkId}?${language.value}`,
  );
  return (
    <Screen
      title={t("patterns.then_and_now")}
      lead={t("patterns.then_and_now_lead")}
      back={{ href: "/patterns", label: t("app.patterns") }}
    >
      {value && (
        <div class="stack-wide">
          <Schools pairs={value.pairs} />
          {value.not_by_name_count > 0 && (
            <p class="soft label">
              {t("patterns.not_by_name", { count: value.not_by_name_count })}
            </p>
          )}
        </div>
      )}
      {error !== undefined && <Unanswered error={error} again={again} />}
    </Screen>
  );
}
