/** Today: what happens today, what comes, and whether this device is ready for it offline. */
import { LinkButton, List, Row, Screen, Section, Tag } from "../components";
import { byDate, dateIn, whenIs } from "../domain/rounds";
import { formatDate, formatTime, formatTimeRange, localToday, t } from "../i18n";
import { list, network, record, type RecordView } from "../state";
import { slotsOf, teamOf, type VisitSlot } from "./evidence/day";
import { Going } from "./today/going";
import { NextStep } from "./today/next-step";
import { Ready } from "./today/ready";

type RoundView = RecordView<"round">;

function todayHere(): string {
  return dateIn(network.value?.network.time_zone ?? "UTC", new Date());
}

function hostName(round: RoundView): string {
  const id = round.fields.host_school;
  return (id && record("school", id).value?.fields.name) || t("networks.no_host_yet");
}

/** Date and host school in one line. */
function roundDetail(round: RoundView): string {
  const date = round.fields.visits_on;
  return `${date ? formatDate(date, "medium") : t("networks.no_date_yet")} · ${hostName(round)}`;
}

function SlotRow({ round, slot }: { round: string; slot: VisitSlot }) {
  const { begins_at: begins, minutes, skipped } = slot;
  return (
    <Row
      href={`/rounds/${round}/visit/${slot.id}`}
      title={slot.label}
      detail={[begins && formatTimeRange(begins, minutes ?? 0), slot.detail]
        .filter(Boolean)
        .join(" · ")}
      end={skipped && <Tag>{t("networks.not_today")}</Tag>}
    />
  );
}

function RoundToday({ round }: { round: RoundView }) {
  const slots = slotsOf(round.id, teamOf(round.id)?.id ?? null);
  const { title, entrance, begins_at: begins } = round.fields;
  return (
    <Section title={title || t("networks.round_today")}>
      <List label={title}>
        {slots.map((slot) => (
          <SlotRow key={slot.id} round={round.id} slot={slot} />
        ))}
        <Row
          href={`/rounds/${round.id}`}
          title={t("networks.the_day")}
          detail={[hostName(round), begins && formatTime(begins), entrance]
            .filter(Boolean)
            .join(" · ")}
        />
      </List>
    </Section>
  );
}

function Coming({ rounds }: { rounds: readonly RoundView[] }) {
  return (
    <Section title={t("networks.coming")}>
      <List label={t("networks.coming")}>
        {rounds.map((round) => (
          <Row
            key={round.id}
            href={`/rounds/${round.id}`}
            title={round.fields.title || t("networks.round_untitled")}
            detail={roundDetail(round)}
          />
        ))}
      </List>
    </Section>
  );
}

export default function Today() {
  const rounds = list("round").value;
  const { upcoming, past } = byDate(rounds, todayHere());
  const isToday = (round: RoundView) => whenIs(round.fields.visits_on, todayHere()) === "today";
  const today = upcoming.filter(isToday);
  const coming = upcoming.filter((round) => !isToday(round));
  const [latest] = past;
  return (
    <Screen title={t("app.today")} lead={formatDate(localToday())}>
      <Going />
      {upcoming[0] && <Ready round={upcoming[0]} />}
      {today.map((round) => (
        <RoundToday key={round.id} round={round} />
      ))}
      {coming.length > 0 && <Coming rounds={coming.slice(0, 3)} />}
      {rounds.length === 0 && <NextStep roles={network.value?.roles ?? []} />}
      {latest && (
        <Section title={t("networks.last_round")}>
          <List>
            <Row
              href={`/rounds/${latest.id}`}
              title={latest.fields.title || t("networks.round_untitled")}
              detail={roundDetail(latest)}
            />
          </List>
          {upcoming.length === 0 && (
            <div>
              <LinkButton href="/rounds">{t("networks.all_rounds")}</LinkButton>
            </div>
          )}
        </Section>
      )}
    </Screen>
  );
}
