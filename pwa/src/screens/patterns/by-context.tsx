/**
 * Who gets what kind of task: what was seen in classes of each program, in words alone.
 *
 * Shows no more than the cards say of their classrooms, so never of fewer than three. Programs
 * stand in the order of the list, never by how much was seen.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section } from "../../components";
import type { ProgramContext } from "../../generated/records";
import { t } from "../../i18n";
import { network } from "../../state";
import { findByContext, queryOf, type Asked, type ByContext } from "./api";
import { AskedOnPaper, askedIn, Asking } from "./asking";
import { Base } from "./base";
import { Findings } from "./findings";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
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
  if (seen.length === 0) return <Empty>{found.nothing}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} questions={found.questions} />
        <Base lines={found.base_lines} />
        <p class="soft label by-context-note">{t("patterns.by_context_note")}</p>
        <div class="by-context">
          {seen.map((page) => (
            <Section key={page.context} title={nameOf(page.context)}>
              <p class="soft label">{page.base}</p>
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
        <p class="soft label by-context-note">{t("patterns.by_context_why")}</p>
        <p class="soft label by-context-note">{t("patterns.by_context_missing")}</p>
      </div>
    </PrintSheet>
  );
}

export default function ByContextScreen() {
  const { query, route } = useLocation();
  const asked = { ...askedIn(query), context: null };
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findByContext, networkId, asked);
  return (
    <Screen
      title={t("patterns.by_context")}
      lead={t("patterns.by_context_lead")}
      wide
      action={<TakeTable table="contexts" asked={asked} />}
      back={{ href: `/patterns?${queryOf(asked)}`, label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <Asking
          asked={asked}
          questions={value?.questions ?? []}
          without="context"
          onAsk={(wanted) => route(`/patterns/contexts?${queryOf(wanted)}`, true)}
        />
        <KeepView asked={queryOf(asked)} look="contexts" />
        {value && <Found found={value} networkId={networkId} asked={asked} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
