/** Today: what happens today, what comes, and whether this device is ready for it offline. */
import { LinkButton, List, Row, Screen, Section, Tag } from "../components";
import { byDate, dateIn, whenIs } from "../domain/rounds";
import { formatDate, formatTime, formatTimeRange, localToday, t } from "../i18n";
import { derivedId, list, may, network, record, type RecordView } from "../state";
import { memberId, slotsOf, teamOf, type VisitSlot } from "./evidence/day";
import { notesOf } from "./evidence/own-notes";
import { Fetched } from "./today/fetched";
import { NextStep } from "./today/next-step";
import { Ready } from "./today/ready";

type RoundView = RecordView<"round">;

function todayHere(): string {
  return dateIn(network.value?.network.time_zone ?? "UTC", new Date());
}

function hostName(round: RoundView): string {
  const id = round.fields.host_school;
  return (id && record("school", id).value?.fields.name) || t("today.no_host_yet");
}

/** Date and host school in one line. */
function roundDetail(round: RoundView): string {
  const date = round.fields.visits_on;
  return `${date ? formatDate(date, "medium") : t("today.no_date_yet")} · ${hostName(round)}`;
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
      end={skipped && <Tag>{t("today.not_today")}</Tag>}
    />
  );
}

/** What comes after the rooms, once there is something of it; whoever leads may begin it. */
function AfterVisits({ round }: { round: string }) {
  const wrote = notesOf(round, memberId()).length > 0;
  const { phase, closed_at } = record("debrief", derivedId(round, "debrief")).value?.fields ?? {};
  return (
    <>
      {wrote && (
        <Row
          href={`/rounds/${round}/review`}
          title={t("today.review")}
          detail={t("today.review_steps")}
        />
      )}
      {closed_at && <Row href={`/rounds/${round}/summary`} title={t("today.open_summary")} />}
      {!closed_at && (phase || may("debrief", `round:${round}`)) && (
        <Row
          href={`/rounds/${round}/debrief`}
          title={t(phase ? "today.debrief" : "today.open_debrief")}
          detail={phase && t("today.debrief_at", { phase: t(`vocabulary.phase.${phase}`) })}
        />
      )}
    </>
  );
}

function RoundToday({ round }: { round: RoundView }) {
  const slots = slotsOf(round.id, teamOf(round.id)?.id ?? null);
  const { title, entrance, begins_at: begins } = round.fields;
  return (
    <Section title={title || t("today.round_today")}>
      <List label={title}>
        {slots.map((slot) => (
          <SlotRow key={slot.id} round={round.id} slot={slot} />
        ))}
        <AfterVisits round={round.id} />
        <Row
          href={`/rounds/${round.id}`}
          title={t("today.the_day")}
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
    <Section title={t("today.coming")}>
      <List label={t("today.coming")}>
        {rounds.map((round) => (
          <Row
            key={round.id}
            href={`/rounds/${round.id}`}
            title={round.fields.title || t("today.round_untitled")}
            detail={roundDetail(round)}
          />
        ))}
      </List>
    </Section>
  );
}

async function notesGo() {
  const { NotesGo } = await import("./retention/notes-go");
  return { default: () => <NotesGo /> };
}

export default function Today() {
  const rounds = list("round").value;
  const { upcoming, past } = byDate(rounds, todayHere());
  const isToday = (round: RoundView) => whenIs(round.fields.visits_on, todayHere()) === "today";
  const today = upcoming.filter(isToday);
  const coming = upcoming.filter((round) => !isToday(round));
  const [latest] = past;
  const goes = Boolean(network.value?.notes_go?.length);
  return (
    <Screen title={t("app.today")} lead={formatDate(localToday())}>
      {goes && <Fetched load={notesGo} />}
      {upcoming[0] && <Ready round={upcoming[0]} />}
      {today.map((round) => (
        <RoundToday key={round.id} round={round} />
      ))}
      {past.length > 0 && <Fetched load={() => import("./improvement/coming-back")} />}
      {coming.length > 0 && <Coming rounds={coming.slice(0, 3)} />}
      {rounds.length === 0 && <NextStep roles={network.value?.roles ?? []} />}
      {latest && (
        <Section title={t("today.last_round")}>
          <List>
            <Row
              href={`/rounds/${latest.id}`}
              title={latest.fields.title || t("today.round_untitled")}
              detail={roundDetail(latest)}
            />
          </List>
          {upcoming.length === 0 && (
            <div>
              <LinkButton href="/rounds">{t("today.all_rounds")}</LinkButton>
            </div>
          )}
        </Section>
      )}
    </Screen>
  );
}
