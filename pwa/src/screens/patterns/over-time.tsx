/**
 * Quarter after quarter, the newest first: what was seen of the same thing, in sentences.
 *
 * Nothing says that something went up or down: what a network saw this time and that time are
 * different classrooms of different schools, and stand beside each other to be read.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section } from "../../components";
import { t } from "../../i18n";
import { network } from "../../state";
import { findPatterns, queryOf, type Asked, type PatternsFound, type Quarter } from "./api";
import { AskedOnPaper, askedIn, Asking, withTimes } from "./asking";
import { Base } from "./base";
import { Findings } from "./findings";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
import "./patterns.css";

interface OfQuarter {
  networkId: string;
  asked: Asked;
  quarter: Quarter;
}

/** A day stands for its whole quarter. */
function inQuarter(asked: Asked, { begins_on }: Quarter): Asked {
  return { ...asked, begins_on, ends_on: begins_on };
}

/** said: of all quarters together, and not again of each. */
function SeenIn({ networkId, asked, quarter, said }: OfQuarter & { said: readonly string[] }) {
  const of = { networkId, asked: inQuarter(asked, quarter) };
  const { value, error, again } = useLook(findPatterns, networkId, of.asked);
  if (error !== undefined) return <Unanswered error={error} again={again} />;
  if (!value) return null;
  return (
    <>
      {value.findings.length > 0 ? (
        <Findings first={value} of={of} dated={false} />
      ) : (
        <p class="soft">{value.nothing}</p>
      )}
      <Base lines={value.base_lines.filter((line, at) => at === 0 || !said.includes(line))} />
    </>
  );
}

interface QuartersProps extends Omit<OfQuarter, "quarter"> {
  found: PatternsFound;
}

function Quarters({ networkId, asked, found }: QuartersProps) {
  const { quarters, questions, nothing, base_lines } = found;
  if (quarters.length === 0) return <Empty>{nothing}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} questions={questions} />
        <Base lines={base_lines} />
        {quarters.map((quarter) => (
          <Section key={quarter.quarter} title={quarter.visited}>
            {quarter.rounds_count > 0 ? (
              <SeenIn {...{ networkId, asked, quarter }} said={base_lines} />
            ) : (
              <p class="soft">
                {t("patterns.not_released_then", { count: quarter.not_released_count })}
              </p>
            )}
          </Section>
        ))}
      </div>
    </PrintSheet>
  );
}

export default function OverTimeScreen() {
  const { query, route } = useLocation();
  const whole = askedIn(query);
  const asked = { ...whole, begins_on: null, ends_on: null };
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findPatterns, networkId, asked);
  return (
    <Screen
      title={t("patterns.over_time")}
      lead={t("patterns.over_time_lead")}
      action={<TakeTable table="quarters" asked={asked} />}
      back={{ href: `/patterns?${queryOf(whole)}`, label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <Asking
          asked={asked}
          questions={value?.questions ?? []}
          onAsk={(wanted) => route(`/patterns/time?${queryOf(withTimes(wanted, whole))}`, true)}
          without="times"
        />
        <KeepView asked={queryOf(asked)} look="time" />
        {value && <Quarters networkId={networkId} asked={asked} found={value} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
