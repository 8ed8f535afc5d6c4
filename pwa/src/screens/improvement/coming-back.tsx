/**
 * On Today: a summary that the host was reminded of, check-backs that are due for this person,
 * what they wanted to do before the network meets again, revisits that are near, and what
 * somebody who left had taken on. Rounds of the last twelve months: older ones rest in packs.
 */
import { List, Row, Section } from "../../components";
import { checkBackState, isReminded } from "../../domain/improvement";
import { formatDate, formatMoment, t } from "../../i18n";
import { derivedId, list, may, network, record, serverNow, type RecordView } from "../../state";
import { openedTo, waitsForItsHost } from "../debriefs/as-opened";
import { todayHere } from "../rounds/rounds";
import { commitmentOf } from "./commitment";
import { isAnythingLeft } from "./handover";
import { isSealDue, meetsOnOf } from "./revisits";

type Round = RecordView<"round">;
type Item = RecordView<"next_level_item">;

const NEAR_DAYS = 14;
/** So long a reminder stands there: a host may have read it and opened it to nobody yet. */
const REMINDED_DAYS = 7;

function dueItems(round: Round): Item[] {
  const asker = {
    me: network.value?.member_id ?? "",
    isHost: may("return_summary", round.scope, ["host_words"]),
    isLead: may("participant", round.scope),
  };
  const due = list("next_level_item", round.scope).value.filter(
    ({ fields }) => checkBackState(fields, todayHere()) === "due",
  );
  return due.filter(({ fields }) => isReminded(fields, asker));
}

function isNear(day: string): boolean {
  const days = (Date.parse(day) - Date.parse(todayHere())) / 86_400_000;
  return days >= 0 && days <= NEAR_DAYS;
}

function RevisitRow({ round }: { round: Round }) {
  const day = meetsOnOf(round.id);
  if (!day || !(isNear(day) || isSealDue(round.id))) return null;
  return (
    <Row
      href={`/rounds/${round.id}/revisit`}
      title={t("improvement.revisit_on", { date: formatDate(day, "medium") })}
      detail={round.fields.title}
    />
  );
}

/** Its host was reminded within the last days to read the summary, and opened nothing of it since. */
function remindedOf(round: Round): string | null {
  const summary = record("return_summary", derivedId(round.id, "summary")).value?.fields;
  const at = summary?.reminded_at;
  if (!at || !may("return_summary", round.scope, ["host_words"])) return null;
  const isNew = Date.parse(at) > serverNow() - REMINDED_DAYS * 86_400_000;
  const waits = openedTo(round.id, summary).size === 0 || waitsForItsHost(round.id);
  return isNew && waits ? at : null;
}

function SummaryRow({ round }: { round: Round }) {
  const at = remindedOf(round);
  if (!at) return null;
  const asked = t("debriefs.asked_to_read", { moment: formatMoment(at) });
  return (
    <Row
      href={`/rounds/${round.id}/summary`}
      title={t("rounds.act.summary")}
      detail={[round.fields.title, asked].filter(Boolean).join(" · ")}
    />
  );
}

/** The network meets again at the revisit, or at the next round of another school. */
function meetsSoon(round: Round): boolean {
  const after = round.fields.visits_on ?? "";
  const days = list("round").value.map(({ fields }) => fields.visits_on ?? "");
  return [meetsOnOf(round.id) ?? "", ...days].some((day) => day > after && isNear(day));
}

function isCommitmentDue(round: Round): boolean {
  const own = commitmentOf(round.id);
  return own !== undefined && own.fields.outcome === null && meetsSoon(round);
}

function RowsOf({ round }: { round: Round }) {
  const nextLevel = `/rounds/${round.id}/next-level`;
  return (
    <>
      <SummaryRow round={round} />
      <RevisitRow round={round} />
      {dueItems(round).map(({ id, fields }) => (
        <Row
          key={id}
          href={nextLevel}
          title={fields.text || t("improvement.unwritten_item")}
          detail={t("improvement.check_back", {
            date: formatDate(fields.check_back_on!, "medium"),
          })}
        />
      ))}
      {isCommitmentDue(round) && (
        <Row
          href={nextLevel}
          title={commitmentOf(round.id)?.fields.text}
          detail={t("improvement.commitment_back")}
        />
      )}
      {isAnythingLeft(round.id) && (
        <Row href={nextLevel} title={t("improvement.handover")} detail={round.fields.title} />
      )}
    </>
  );
}

function concerns(round: Round): boolean {
  const day = meetsOnOf(round.id);
  const isComing = day !== null && (isNear(day) || isSealDue(round.id));
  const isDue = dueItems(round).length > 0 || isCommitmentDue(round) || remindedOf(round) !== null;
  return isComing || isDue || isAnythingLeft(round.id);
}

export default function ComingBack() {
  const rounds = list("round").value.filter(concerns);
  if (rounds.length === 0) return null;
  return (
    <Section title={t("improvement.coming_back")}>
      <List label={t("improvement.coming_back")}>
        {rounds.map((round) => (
          <RowsOf key={round.id} round={round} />
        ))}
      </List>
    </Section>
  );
}
