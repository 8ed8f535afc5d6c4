/**
 * A round's own page: what is ready and what is missing, in words, and the one thing that
 * comes next for this person on this day.
 */
import { useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { Banner, Empty, LinkButton, List, Row, Screen, Section } from "../../components";
import { nextAct, timeIn, whenIs, addMinutes, type Act, type Asked } from "../../domain/rounds";
import { formatDate, formatTimeRange, t } from "../../i18n";
import { derivedId, list, may, network, record } from "../../state";
import { waitsForItsHost } from "../debriefs/as-opened";
import { notesOf } from "../evidence/own-notes";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { Handover } from "../improvement/handover";
import { firstOf, isSealDue, meetsOnOf } from "../improvement/revisits";
import { DaySummary } from "./day";
import { mayPlanRounds, roundDetail, todayHere } from "./rounds";
import { NewRoundSheet } from "./new-round";
import { PlanParts } from "./parts-list";
import { RemoveRound } from "./remove-round";
import { StageBanner } from "./stage";
import { Tablets } from "./tablets";
import {
  aboutClassroom,
  partIn,
  planOf,
  visitedIn,
  visitWord,
  type RoundPlan,
  type Slot,
} from "./round-plan";
import "./rounds.css";

/** The visits of the person's own team that were not left out. */
export function ownSlots(plan: RoundPlan): Slot[] {
  const { me } = partIn(plan);
  const teams = plan.teams.filter((team) => team.fields.members.has(me)).map((team) => team.id);
  return plan.slots.filter(
    ({ fields }) => fields.team && teams.includes(fields.team) && !fields.skipped,
  );
}

function timeNow(): string {
  return timeIn(network.value?.network.time_zone ?? "UTC", new Date());
}

/** The first of these visits that is not over yet. */
function slotNow(slots: readonly Slot[]): Slot | undefined {
  const now = timeNow();
  const isAhead = ({ fields }: Slot) =>
    addMinutes(fields.begins_at ?? "23:59", fields.minutes ?? 20) > now;
  return slots.find(isAhead);
}

function visitingIn(slots: readonly Slot[]): Asked["visiting"] {
  if (!slotNow(slots)) return "over";
  const first = slots[0]?.fields.begins_at;
  return first && first <= timeNow() ? "under_way" : "ahead";
}

/** Whether the person's notes are still all their own: none of them became a card. */
function hasUnposted(roundId: string, me: string): boolean {
  const sources = list("card_source", `visitors:${roundId}`).value;
  return notesOf(roundId, me).length > 0 && !sources.some(({ fields }) => fields.member === me);
}

function debriefOf(roundId: string): "none" | "open" | "closed" {
  const debrief = record("debrief", derivedId(roundId, "debrief")).value;
  if (!debrief?.fields.phase) return "none";
  return debrief.fields.closed_at ? "closed" : "open";
}

function actOf(plan: RoundPlan): Act {
  const { me, plans, visits, agreed } = partIn(plan);
  const { stage, visits_on } = plan.round.fields;
  const when = whenIs(visits_on, todayHere());
  return nextAct({
    plans,
    visits,
    agreed,
    stage,
    when,
    visiting: visitingIn(
      visits ? ownSlots(plan) : plan.slots.filter(({ fields }) => !fields.skipped),
    ),
    unposted: hasUnposted(plan.id, me),
    debrief: debriefOf(plan.id),
    revisit: isSealDue(plan.id),
  });
}

function hrefOf(act: Act, plan: RoundPlan): string {
  const own = slotNow(ownSlots(plan));
  const places: Record<Act, string> = {
    plan: "/plan",
    read: "/plan",
    norms: "/plan/norms",
    ready: "",
    print: "/print/pack",
    schedule: "/plan/schedule",
    visit: own ? `/visit/${own.id}` : "",
    review: "/review",
    debrief: "/debrief",
    summary: "/summary",
    revisit: "/revisit",
  };
  return act === "ready" ? "/" : `/rounds/${plan.id}${places[act]}`;
}

export default function OverviewScreen() {
  const { round } = useRoute().params;
  const plan = planOf(round ?? "");
  const back = { href: "/rounds", label: t("rounds.to_rounds") };
  if (!plan) {
    return (
      <Screen title={t("rounds.title")} back={back}>
        <Empty>{t("rounds.not_here")}</Empty>
      </Screen>
    );
  }
  const act = actOf(plan);
  const action = (
    <LinkButton look="primary" href={hrefOf(act, plan)}>
      {t(`rounds.act.${act}`)}
    </LinkButton>
  );
  return (
    <Screen
      title={plan.round.fields.title || t("rounds.untitled")}
      lead={roundDetail(plan.round)}
      back={back}
      action={action}
    >
      <DeletedThenEdited kind="round" id={plan.id} scope={plan.round.scope} />
      {partIn(plan).plans ? <PlannersView plan={plan} /> : <ReadersView plan={plan} />}
      <OwnVisits plan={plan} />
      {mayPlanRounds() && isUnderWay(plan) && <Tablets roundId={plan.id} />}
      <Handover roundId={plan.id} />
      <Later plan={plan} />
      <Before plan={plan} />
      <Also plan={plan} />
    </Screen>
  );
}

/** From the day of the visits on until the round is closed. */
function isUnderWay({ round }: RoundPlan): boolean {
  const { stage, visits_on } = round.fields;
  return stage !== "closed" && whenIs(visits_on, todayHere()) !== "before";
}

function PlannersView({ plan }: { plan: RoundPlan }) {
  return (
    <Section title={t("rounds.overview.plan")}>
      {debriefOf(plan.id) === "none" && <StageBanner plan={plan} />}
      <PlanParts plan={plan} />
    </Section>
  );
}

function ReadersView({ plan }: { plan: RoundPlan }) {
  const problem = plan.problem?.fields.text.trim();
  return (
    <>
      {plan.round.fields.stage === "planning" && (
        <Banner>{t("rounds.overview.being_planned")}</Banner>
      )}
      <Section title={t("rounds.overview.the_day")}>
        <DaySummary plan={plan} />
      </Section>
      {problem && (
        <Section title={t("rounds.part.problem")}>
          <p class="as-written">{problem}</p>
        </Section>
      )}
      <List label={t("rounds.overview.plan")}>
        <Row href={`/rounds/${plan.id}/plan`} title={t("rounds.overview.read_plan")} />
        <Row href={`/rounds/${plan.id}/plan/norms`} title={t("rounds.part.norms")} />
      </List>
    </>
  );
}

function OwnVisits({ plan }: { plan: RoundPlan }) {
  const { visits } = partIn(plan);
  const slots = ownSlots(plan);
  if (!visits) return null;
  return (
    <Section title={t("rounds.overview.your_visits")}>
      {slots.length === 0 ? (
        <p class="soft">{t("rounds.overview.no_visits_yet")}</p>
      ) : (
        <List label={t("rounds.overview.your_visits")}>
          {slots.map((slot) => (
            <SlotRow key={slot.id} plan={plan} slot={slot} />
          ))}
        </List>
      )}
    </Section>
  );
}

function SlotRow({ plan, slot }: { plan: RoundPlan; slot: Slot }) {
  const classroom = visitedIn(plan, slot.fields.classroom);
  const { begins_at, minutes } = slot.fields;
  return (
    <Row
      href={`/rounds/${plan.id}/visit/${slot.id}`}
      title={visitWord(classroom)}
      detail={[
        begins_at && formatTimeRange(begins_at, minutes ?? 20),
        classroom && aboutClassroom(classroom),
      ]
        .filter(Boolean)
        .join(" · ")}
    />
  );
}

/** What comes with the visits and after them; each opens a screen of its own. */
function Later({ plan }: { plan: RoundPlan }) {
  const { visits } = partIn(plan);
  if (whenIs(plan.round.fields.visits_on, todayHere()) === "before") return null;
  const to = (place: string) => `/rounds/${plan.id}/${place}`;
  return (
    <Section title={t("rounds.overview.after")}>
      <List label={t("rounds.overview.after")}>
        {visits && <Row href={to("review")} title={t("rounds.act.review")} />}
        <Row href={to("debrief")} title={t("rounds.act.debrief")} />
        {may("return_summary", plan.scope, ["same_day_word"]) && (
          <Row href={to("word")} title={t("debriefs.same_day")} />
        )}
        <Row
          href={to("summary")}
          title={t("rounds.act.summary")}
          detail={
            may("return_summary", plan.scope, ["opened"]) && waitsForItsHost(plan.id)
              ? t("debriefs.waits_for_you")
              : undefined
          }
        />
        {debriefOf(plan.id) === "closed" && (
          <>
            <Row href={to("next-level")} title={t("improvement.item")} />
            <RevisitRow plan={plan} />
          </>
        )}
      </List>
    </Section>
  );
}

function RevisitRow({ plan }: { plan: RoundPlan }) {
  const day = meetsOnOf(plan.id);
  return (
    <Row
      href={`/rounds/${plan.id}/revisit`}
      title={t("improvement.revisit")}
      detail={day && formatDate(day)}
    />
  );
}

/** The way from a second visit to the page that stands it beside the first. */
function Before({ plan }: { plan: RoundPlan }) {
  const first = firstOf(plan.round);
  if (!first) return null;
  return (
    <List label={t("improvement.then_and_now")}>
      <Row
        href={`/rounds/${first.id}/revisit`}
        title={t("improvement.first_visit", { title: first.fields.title })}
      />
    </List>
  );
}

function Also({ plan }: { plan: RoundPlan }) {
  const [copying, setCopying] = useState(false);
  const leads = mayPlanRounds();
  return (
    <Section title={t("rounds.overview.more")}>
      <List label={t("rounds.overview.more")}>
        <Row
          href={`/rounds/${plan.id}/print/pack`}
          title={t("rounds.overview.print")}
          detail={t("rounds.overview.print_hint")}
        />
        {leads && (
          <Row
            onPress={() => setCopying(true)}
            title={t("rounds.overview.again")}
            detail={t("rounds.overview.again_hint")}
          />
        )}
      </List>
      {leads && <RemoveRound plan={plan} />}
      {leads && <NewRoundSheet open={copying} onClose={() => setCopying(false)} copied={plan} />}
    </Section>
  );
}
