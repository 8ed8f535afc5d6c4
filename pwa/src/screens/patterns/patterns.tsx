/**
 * A network's patterns over its rounds, in words: what was agreed, schools pooled, figures
 * last. Every view is a link; nothing here sets one school beside another (rule 16).
 */
import { useLocation } from "preact-iso";
import { isAway, whyNot } from "../../api";
import { Banner, Button, Empty, List, PrintSheet, Row, Screen, Section } from "../../components";
import { Menu, Select, TextField, useAnswer } from "../../components";
import { CORE_ELEMENTS, GRADE_BANDS, SCHOOL_SUBJECTS } from "../../generated/records";
import { language, t, type Key } from "../../i18n";
import { network } from "../../state";
import { OverRounds } from "../agreement/over-rounds";
import { download } from "../download";
import {
  exportAddress,
  findPatterns,
  queryOf,
  schemaAddress,
  type Asked,
  type Format,
  type PatternsFound,
} from "./api";
import { Findings } from "./findings";
import "./patterns.css";

function oneOf<W extends string>(words: readonly W[], given: string | undefined): W | null {
  return words.find((word) => word === given) ?? null;
}

function askedIn(query: Record<string, string>): Asked {
  return {
    element: oneOf(CORE_ELEMENTS, query["element"]),
    grade_band: oneOf(GRADE_BANDS, query["grade_band"]),
    subject: oneOf(SCHOOL_SUBJECTS, query["subject"]),
    begins_on: query["begins_on"] ?? null,
    ends_on: query["ends_on"] ?? null,
  };
}

function isNarrowed(asked: Asked): boolean {
  return Object.values(asked).some(Boolean);
}

function options<W extends string>(
  words: readonly W[],
  list: "core_element" | "grade_band" | "school_subject",
) {
  return words.map((value) => ({ value, label: t(`vocabulary.${list}.${value}` as Key) }));
}

function Filters({ asked, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  return (
    <details class="finding-evidence no-print" open={isNarrowed(asked)}>
      <summary>{t("patterns.narrow_down")}</summary>
      <div class="pattern-filters">
        <Select
          label={t("patterns.core_element")}
          none={t("patterns.all")}
          options={options(CORE_ELEMENTS, "core_element")}
          value={asked.element}
          onChange={(element) => onAsk({ ...asked, element })}
        />
        <Select
          label={t("patterns.grade_band")}
          none={t("patterns.all")}
          options={options(GRADE_BANDS, "grade_band")}
          value={asked.grade_band}
          onChange={(grade_band) => onAsk({ ...asked, grade_band })}
        />
        <Select
          label={t("patterns.lesson_subject")}
          none={t("patterns.all")}
          options={options(SCHOOL_SUBJECTS, "school_subject")}
          value={asked.subject}
          onChange={(subject) => onAsk({ ...asked, subject })}
        />
        <TextField
          label={t("patterns.begins_on")}
          type="date"
          value={asked.begins_on ?? ""}
          onInput={(day) => onAsk({ ...asked, begins_on: day || null })}
        />
        <TextField
          label={t("patterns.ends_on")}
          type="date"
          value={asked.ends_on ?? ""}
          onInput={(day) => onAsk({ ...asked, ends_on: day || null })}
        />
      </div>
    </details>
  );
}

function NextLevelFound({ found }: { found: PatternsFound }) {
  if (found.next_level.length === 0) return null;
  return (
    <Section title={t("improvement.item")}>
      <List label={t("improvement.item")}>
        {found.next_level.map((item, at) => (
          <Row
            key={at}
            title={item.text}
            detail={[
              t(`vocabulary.horizon.${item.horizon}`),
              t(`vocabulary.level.${item.level}`),
              item.taken_on_by && t(`vocabulary.taker.${item.taken_on_by}`),
            ]
              .filter(Boolean)
              .join(" · ")}
          />
        ))}
      </List>
    </Section>
  );
}

function figureName(of: string | null): string {
  if (of === null) return t("patterns.all_classrooms");
  const list = oneOf(GRADE_BANDS, of) ? "grade_band" : "school_subject";
  return t(`vocabulary.${list}.${of}` as Key);
}

function Figures({ found }: { found: PatternsFound }) {
  return (
    <details class="finding-evidence">
      <summary>{t("patterns.classrooms_visited")}</summary>
      <p class="soft label">{found.about_figures}</p>
      <List label={t("patterns.classrooms_visited")}>
        {found.figures.map((figure) => (
          <Row key={figure.of} title={figureName(figure.of)} end={figure.classrooms} />
        ))}
      </List>
    </details>
  );
}

function Found({ found, of }: { found: PatternsFound; of: { networkId: string; asked: Asked } }) {
  const narrowed = isNarrowed(of.asked);
  return (
    <PrintSheet>
      <div class="stack-wide">
        <p class="soft">{found.base}</p>
        {found.held_back_count > 0 && (
          <Banner icon="eye">{t("patterns.held_back", { count: found.held_back_count })}</Banner>
        )}
        {found.findings.length === 0 ? (
          <Empty>{t(narrowed ? "patterns.nothing_fits" : "patterns.nothing_found")}</Empty>
        ) : (
          <Findings first={found} of={of} />
        )}
        <NextLevelFound found={found} />
        <OverRounds found={found.read_alike} />
        <Figures found={found} />
      </div>
    </PrintSheet>
  );
}

/** In the order in which people ask for them. */
const FORMATS: readonly Format[] = ["xlsx", "pdf", "csv", "json", "jsonl", "parquet"];

function Export(props: { networkId: string; asked: Asked; formats: readonly Format[] }) {
  const { networkId, asked, formats } = props;
  const file = (format: Format) => ({
    label: t(`patterns.as_${format}`),
    onPress: () => download(exportAddress(networkId, asked, language.value, format)),
  });
  return (
    <Menu
      label={t("patterns.export")}
      icon="download"
      look="plain"
      items={[
        ...FORMATS.filter((format) => formats.includes(format)).map(file),
        {
          label: t("patterns.jsonl_schema"),
          onPress: () => download(schemaAddress(networkId, language.value)),
        },
      ]}
    />
  );
}

export default function PatternsScreen() {
  const { query, route } = useLocation();
  const asked = askedIn(query);
  const networkId = network.value?.network.id ?? "";
  const roles = network.value?.roles ?? [];
  const mayTake = roles.some((role) => role === "lead" || role === "analyst");
  const about = `${networkId}?${queryOf(asked)}&${language.value}`;
  const { value, error, again } = useAnswer(
    () => findPatterns(networkId, asked, language.value),
    about,
  );
  const ask = (wanted: Asked) => route(`/patterns?${queryOf(wanted)}`, true);
  return (
    <Screen
      title={t("app.patterns")}
      lead={t("patterns.lead")}
      action={
        mayTake && value ? (
          <Export networkId={networkId} asked={asked} formats={value.formats} />
        ) : undefined
      }
    >
      <div class="stack-wide">
        <div class="no-print">
          <List>
            <Row href="/patterns/measures" title={t("measures.link")} />
            <Row href="/patterns/files" title={t("patterns.left")} />
          </List>
        </div>
        <Filters asked={asked} onAsk={ask} />
        {value && <Found found={value} of={{ networkId, asked }} />}
        {error !== undefined && (
          <Banner
            icon={isAway(error) ? "offline" : "careful"}
            action={<Button onPress={again}>{t("app.try_again")}</Button>}
          >
            {isAway(error) ? t("patterns.online_only") : whyNot(error)}
          </Banner>
        )}
      </div>
    </Screen>
  );
}
