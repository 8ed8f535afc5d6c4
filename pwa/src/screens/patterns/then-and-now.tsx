/**
 * One school with itself, then and now, where its host opened that by name. One is chosen and
 * read; no view sets schools beside each other (rule 16), and nothing says better or worse.
 */
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section, Select, useAnswer } from "../../components";
import { compareText, language, t } from "../../i18n";
import { network } from "../../state";
import { findThenAndNow, type Pair, type ThenAndNow } from "./api";
import { askedIn } from "./asking";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
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

interface SchoolProps {
  name: string;
  pairs: readonly Pair[];
  without: ComponentChildren;
}

/** without: how many rounds have no part in it, before the line that stands last on paper. */
function OneSchool({ name, pairs, without }: SchoolProps) {
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
      {without}
    </PrintSheet>
  );
}

function Schools({ pairs, not_by_name_count: count }: ThenAndNow) {
  const { query, route } = useLocation();
  const names = new Map(pairs.map(({ school_id, school }) => [school_id, school]));
  const without = count > 0 && <p class="soft label">{t("patterns.not_by_name", { count })}</p>;
  const options = [...names].map(([value, label]) => ({ value, label }));
  const only = options.length === 1 ? options[0]?.value : undefined;
  const chosen = names.has(query["school"] ?? "") ? query["school"] : only;
  const of = pairs.filter(({ school_id }) => school_id === chosen);
  if (names.size === 0) {
    return (
      <>
        <Empty>{t("patterns.then_and_now_none")}</Empty>
        {without}
      </>
    );
  }
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
      {chosen ? <OneSchool name={names.get(chosen) ?? ""} pairs={of} without={without} /> : without}
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
      action={<TakeTable table="then_and_now" asked={askedIn({})} />}
      back={{ href: "/patterns", label: t("app.patterns") }}
    >
      {value && <Schools {...value} />}
      {error !== undefined && <Unanswered error={error} again={again} />}
    </Screen>
  );
}
