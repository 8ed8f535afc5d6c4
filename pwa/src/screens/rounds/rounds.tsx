/** The rounds of the network that the person takes part in: upcoming ones first, then past. */
import { useState } from "preact/hooks";
import { Button, Empty, LinkButton, List, Row, Screen, Section, Tag } from "../../components";
import { byDate, dateIn } from "../../domain/rounds";
import { formatDate, t } from "../../i18n";
import { list, may, network, newId, type RecordView } from "../../state";
import { schoolName } from "../names";
import { NewRoundSheet } from "./new-round";
import { scopeOf } from "./round-plan";
import "./rounds.css";

export type RoundView = RecordView<"round">;

/** Whether the person may plan a round that does not exist yet: a network's lead. */
export function mayPlanRounds(): boolean {
  return may("participant", scopeOf(newId()));
}

export function todayHere(): string {
  return dateIn(network.value?.network.time_zone ?? "UTC", new Date());
}

/** Date and host school in one line. */
export function roundDetail({ fields }: RoundView): string {
  const date = fields.visits_on ? formatDate(fields.visits_on, "medium") : t("rounds.no_date");
  const school = schoolName(fields.host_school) || t("rounds.no_school");
  return t("rounds.part_of", { date, school });
}

function RoundRow({ round }: { round: RoundView }) {
  const { stage, title } = round.fields;
  return (
    <Row
      href={`/rounds/${round.id}`}
      title={title || t("rounds.untitled")}
      detail={roundDetail(round)}
      end={stage === "planning" && <Tag>{t("vocabulary.round_stage.planning")}</Tag>}
    />
  );
}

function Rounds({ title, rounds, none }: { title: string; rounds: RoundView[]; none?: string }) {
  if (rounds.length === 0 && !none) return null;
  return (
    <Section title={title}>
      {rounds.length === 0 ? (
        <p class="soft">{none}</p>
      ) : (
        <List long label={title}>
          {rounds.map((round) => (
            <RoundRow key={round.id} round={round} />
          ))}
        </List>
      )}
    </Section>
  );
}

/** For whoever reads what hosts opened and visits nowhere: a lead adds them to no round. */
function onlyReads(): boolean {
  const roles = network.value?.roles ?? [];
  return roles.includes("analyst") && !roles.some((role) => role === "member" || role === "lead");
}

function NoRound({ plans }: { plans: boolean }) {
  if (onlyReads()) {
    const toPatterns = <LinkButton href="/patterns">{t("app.patterns")}</LinkButton>;
    return <Empty action={toPatterns}>{t("patterns.no_round_of_your_own")}</Empty>;
  }
  return <Empty>{plans ? t("rounds.empty_lead") : t("rounds.empty_member")}</Empty>;
}

export default function RoundsScreen() {
  const [planning, setPlanning] = useState(false);
  const plans = mayPlanRounds();
  const { upcoming, past } = byDate(list("round").value, todayHere());
  const action = (
    <Button look="primary" icon="add" onPress={() => setPlanning(true)}>
      {t("rounds.plan_a_round")}
    </Button>
  );
  return (
    <Screen title={t("rounds.title")} action={plans && action}>
      {upcoming.length + past.length === 0 ? (
        <NoRound plans={plans} />
      ) : (
        <>
          <Rounds title={t("rounds.upcoming")} rounds={upcoming} none={t("rounds.none_upcoming")} />
          <Rounds title={t("rounds.past")} rounds={past} />
        </>
      )}
      <NewRoundSheet open={planning} onClose={() => setPlanning(false)} />
    </Screen>
  );
}
