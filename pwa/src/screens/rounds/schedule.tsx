/**
 * Teams and their visits. The app drafts them and says in words what it could not meet;
 * every cell can be changed by hand.
 */
import { useState } from "preact/hooks";
import { Button, List, Row } from "../../components";
import { checkSchedule, type PlanFinding } from "../../domain/schedule";
import { formatTime, formatTimeRange, isKey, t } from "../../i18n";
import { may } from "../../state";
import { memberName } from "../names";
import { DraftForm, Redraft } from "./draft-form";
import { addSlot, addTeam, visitorIds, wishesInUse, wishesOf } from "./drafting";
import {
  aboutClassroom,
  isFromHostSchool,
  partIn,
  teamName,
  visitedIn,
  visitWord,
  type RoundPlan,
  type Slot,
  type Team,
} from "./round-plan";
import { SlotSheet } from "./slot-sheet";
import { TeamSheet } from "./team-sheet";

export function SchedulePart({ plan }: { plan: RoundPlan }) {
  const writes = may("team", plan.scope);
  if (plan.teams.length > 0) return <Schedule plan={plan} writes={writes} />;
  if (writes) return <DraftForm plan={plan} />;
  return <p class="soft">{t("rounds.schedule.none_read")}</p>;
}

function Schedule({ plan, writes }: { plan: RoundPlan; writes: boolean }) {
  const [slotId, setSlotId] = useState<string | null>(null);
  const [teamId, setTeamId] = useState<string | null>(null);
  const edit = writes ? { slot: setSlotId, team: setTeamId } : undefined;
  return (
    <div class="stack-wide">
      {writes && <p class="soft">{t("rounds.schedule.hint")}</p>}
      {writes && <Findings plan={plan} />}
      <div class="teams">
        {plan.teams.map((team) => (
          <TeamColumn key={team.id} plan={plan} team={team} edit={edit} />
        ))}
      </div>
      {writes && <Teamless plan={plan} />}
      {writes && (
        <div class="cluster">
          <Button icon="add" onPress={() => addTeam(plan)}>
            {t("rounds.schedule.add_team")}
          </Button>
          <Redraft plan={plan} />
        </div>
      )}
      <SlotSheet plan={plan} id={slotId} onClose={() => setSlotId(null)} />
      <TeamSheet plan={plan} id={teamId} onClose={() => setTeamId(null)} />
    </div>
  );
}

/** What a finding says: members and teams by their names, times as the person writes them. */
function findingWords(plan: RoundPlan, { key, params }: PlanFinding): string {
  const said: Record<string, string | number> = { ...params };
  const team = plan.teams[Number(said["team"]) - 1];
  if (team) said["team"] = teamName(plan, team);
  for (const who of ["member", "other"])
    if (typeof said[who] === "string") said[who] = memberName(said[who]);
  if (typeof said["time"] === "string") said["time"] = formatTime(said["time"]);
  return isKey(key) ? t(key, said) : "";
}

function findingsOf(plan: RoundPlan): readonly PlanFinding[] {
  const teams = plan.teams.map((team) => ({ members: [...team.fields.members], spareNumbers: [] }));
  const slots = plan.slots.flatMap(({ fields }) => {
    const team = plan.teams.findIndex((each) => each.id === fields.team);
    const classroom = visitedIn(plan, fields.classroom);
    if (team < 0 || !classroom || !fields.begins_at || fields.skipped) return [];
    const minutes = fields.minutes ?? 20;
    return [{ team, classroomId: classroom.id, beginsAt: fields.begins_at, minutes }];
  });
  return checkSchedule(wishesOf(plan, wishesInUse(plan)), { teams, slots });
}

function Findings({ plan }: { plan: RoundPlan }) {
  const words = findingsOf(plan)
    .map((finding) => findingWords(plan, finding))
    .filter(Boolean);
  if (words.length === 0) return <p class="soft">{t("rounds.schedule.all_met")}</p>;
  return (
    <section class="section plan-findings">
      <h2>{t("rounds.schedule.findings")}</h2>
      <ul>
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    </section>
  );
}

interface Edit {
  slot: (id: string) => void;
  team: (id: string) => void;
}

interface TeamColumnProps {
  plan: RoundPlan;
  team: Team;
  edit: Edit | undefined;
}

function TeamColumn({ plan, team, edit }: TeamColumnProps) {
  const name = teamName(plan, team);
  const slots = plan.slots.filter((slot) => slot.fields.team === team.id);
  return (
    <section class="team" aria-label={name}>
      <TeamHead plan={plan} team={team} edit={edit} />
      <ul class="list">
        {slots.map((slot) => (
          <SlotCell key={slot.id} plan={plan} slot={slot} edit={edit} team={name} />
        ))}
      </ul>
      {edit && (
        <Button
          look="quiet"
          icon="add"
          label={t("rounds.schedule.add_visit_for", { team: name })}
          onPress={async () => edit.slot(await addSlot(plan, team))}
        >
          {t("rounds.schedule.add_visit")}
        </Button>
      )}
    </section>
  );
}

function TeamHead({ plan, team, edit }: TeamColumnProps) {
  const { me } = partIn(plan);
  const members = [...team.fields.members].map((id) => {
    const leads = id === team.fields.facilitator;
    return leads ? `${memberName(id)} (${t("rounds.schedule.facilitates")})` : memberName(id);
  });
  const name = teamName(plan, team);
  return (
    <header class="team-head">
      <h2 class="team-name">{name}</h2>
      {team.fields.members.has(me) && <p class="label">{t("rounds.schedule.your_team")}</p>}
      <p class="label soft">{members.sort().join(", ") || t("rounds.schedule.nobody")}</p>
      {edit && (
        <Button
          look="quiet"
          label={`${t("rounds.change")}: ${name}`}
          onPress={() => edit.team(team.id)}
        >
          {t("rounds.change")}
        </Button>
      )}
    </header>
  );
}

interface SlotCellProps {
  plan: RoundPlan;
  slot: Slot;
  team: string;
  edit: Edit | undefined;
}

function SlotCell({ plan, slot, edit }: SlotCellProps) {
  const { begins_at, minutes, skipped } = slot.fields;
  const classroom = visitedIn(plan, slot.fields.classroom);
  const time = begins_at ? formatTimeRange(begins_at, minutes ?? 20) : t("rounds.schedule.choose");
  const title = skipped ? <s>{visitWord(classroom)}</s> : visitWord(classroom);
  const about = classroom ? aboutClassroom(classroom) : t("rounds.schedule.choose");
  return (
    <Row
      title={
        <>
          <span class="slot-visit">{title}</span> <span class="slot-time figures">{time}</span>
        </>
      }
      detail={skipped ? t("rounds.schedule.skipped") : about}
      onPress={edit && (() => edit.slot(slot.id))}
    />
  );
}

/** Who is in no team: people of the host school stay out of one unless the lead says so. */
function Teamless({ plan }: { plan: RoundPlan }) {
  const placed = new Set(plan.teams.flatMap((team) => [...team.fields.members]));
  const left = visitorIds(plan).filter((id) => !placed.has(id));
  const fromHost = left.filter((id) => isFromHostSchool(plan, id));
  const others = left.filter((id) => !fromHost.includes(id));
  if (left.length === 0) return null;
  return (
    <List label={t("rounds.schedule.not_in_team")}>
      {others.length > 0 && <Row title={t("rounds.schedule.not_in_team")} detail={names(others)} />}
      {fromHost.length > 0 && (
        <Row title={t("rounds.schedule.from_host")} detail={names(fromHost)} />
      )}
    </List>
  );
}

function names(members: readonly string[]): string {
  return members.map(memberName).sort().join(", ");
}
