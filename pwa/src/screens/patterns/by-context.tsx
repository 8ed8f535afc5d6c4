/**
 * Who gets what kind of task: what was seen in classes of each program, in words alone.
 *
 * Shows no more than the cards say of their classrooms, so never of fewer than three. Programs
 * stand in the order of the list, never by how much was seen.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section } from "../../components";
import { Select, useAnswer } from "../../components";
import {
  PATTERN_SUBJECTS,
  type PatternSubject,
  type ProgramContext,
} from "../../generated/records";
import { language, t } from "../../i18n";
import { network } from "../../state";
import { findByContext, queryOf, type Asked, type ByContext } from "./api";
import { AskedOnPaper, askedIn, oneOf } from "./asking";
import { Findings } from "./findings";
import { KeepView } from "./saved-views";
import { Unanswered } from "./unanswered";
import "./patterns.css";

interface FoundProps {
  found: ByContext;
  networkId: string;
  asked: Asked;
}

function nameOf(context: ProgramContext): string {
  return t(`vocabulary.program_context.${context}`);
}

function Found({ found, networkId, asked }: FoundProps) {
  const seen = found.contexts.filter(({ findings }) => findings.length > 0);
  const unseen = found.contexts.filter(({ findings }) => findings.length === 0);
  if (seen.length === 0) return <Empty>{t("patterns.nothing_fits")}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} />
        <p class="soft label by-context-note">{t("patterns.by_context_note")}</p>
        <div class="by-context">
          {seen.map((page) => (
            <Section key={page.context} title={nameOf(page.context)}>
              <Findings
                first={page}
                of={{ networkId, asked: { ...asked, context: page.context } }}
                unfolded
              />
            </Section>
          ))}
        </div>
        {unseen.length > 0 && (
          <p class="soft">
            {t("patterns.by_context_none", {
              contexts: unseen.map(({ context }) => nameOf(context)).join(", "),
            })}
          </p>
        )}
        <p class="soft label by-context-note">{t("patterns.by_context_missing")}</p>
        <p class="soft label">{found.base}</p>
      </div>
    </PrintSheet>
  );
}

interface AboutProps {
  about: PatternSubject | null;
  onChoose: (about: PatternSubject | null) => void;
}

/** Alone: what is asked here is small enough to see the answer below it. */
function About({ about, onChoose }: AboutProps) {
  return (
    <div class="pattern-filters no-print">
      <Select
        label={t("patterns.about")}
        none={t("patterns.all")}
        options={PATTERN_SUBJECTS.map((value) => ({
          value,
          label: t(`vocabulary.pattern_subject.${value}`),
        }))}
        value={about}
        onChange={onChoose}
      />
    </div>
  );
}

export default function ByContextScreen() {
  const { query, route } = useLocation();
  const asked = { ...askedIn({}), about: oneOf(PATTERN_SUBJECTS, query["about"]) };
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useAnswer(
    () => findByContext(networkId, asked, language.value),
    `${networkId}?${queryOf(asked)}&${language.value}`,
  );
  return (
    <Screen
      title={t("patterns.by_context")}
      lead={t("patterns.by_context_lead")}
      wide
      back={{ href: "/patterns", label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <About
          about={asked.about}
          onChoose={(about) => route(`/patterns/contexts?${queryOf({ ...asked, about })}`, true)}
        />
        <KeepView asked={queryOf(asked)} look="contexts" />
        {value && <Found found={value} networkId={networkId} asked={asked} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
