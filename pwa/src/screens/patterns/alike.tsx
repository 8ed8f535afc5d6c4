/**
 * How alike did we read it? Over the rounds of some time, question by question: of whole rounds
 * alone, since a part of their cards would be told apart by its grades.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen } from "../../components";
import { language, t } from "../../i18n";
import { network } from "../../state";
import { OverRounds } from "../agreement/over-rounds";
import { findPatterns, nextPage, queryOf, type AlikePage, type Asked } from "./api";
import { AskedOnPaper, askedIn, OfWhichTime, timesIn, withTimes } from "./asking";
import { More, usePages } from "./paging";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
import "./patterns.css";

interface FoundProps {
  first: AlikePage;
  networkId: string;
  asked: Asked;
}

function Found({ first, networkId, asked }: FoundProps) {
  const read = usePages(first, ({ read_alike_more }) =>
    nextPage("read-alike", networkId, asked, language.value, read_alike_more),
  );
  const more = read.pages[read.pages.length - 1]?.read_alike_more ?? null;
  const found = read.pages.flatMap((page) => page.read_alike);
  if (found.length === 0) return <Empty>{t("agreement.over_rounds_none")}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} />
        <OverRounds found={found} />
        <More of={read} more={more} words={t("patterns.more_questions")} />
      </div>
    </PrintSheet>
  );
}

export default function AlikeScreen() {
  const { query, route } = useLocation();
  const whole = askedIn(query);
  const asked = timesIn(query);
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findPatterns, networkId, asked);
  return (
    <Screen
      title={t("agreement.title")}
      lead={t("agreement.over_rounds_lead")}
      action={<TakeTable table="read_alike" asked={asked} />}
      back={{ href: `/patterns?${queryOf(whole)}`, label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <OfWhichTime
          asked={asked}
          onAsk={(wanted) => route(`/patterns/alike?${queryOf(withTimes(whole, wanted))}`, true)}
        />
        <KeepView asked={queryOf(asked)} look="alike" />
        {value && <Found first={value} networkId={networkId} asked={asked} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
