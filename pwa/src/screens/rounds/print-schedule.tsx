/** The schedule on paper: overall, then a page a team, each with an empty *Room* column. */
import { memberName } from "../names";
import {
  aboutOn,
  classroomAt,
  numbersOf,
  Paper,
  PaperHead,
  teamOn,
  timesOn,
  visitOn,
  visits,
} from "./paper";
import type { PrintProps } from "./paper";
import { type Slot, type Team } from "./round-plan";

export function ScheduleSheets({ plan, words }: PrintProps) {
  return (
    <>
      <Overall plan={plan} words={words} />
      <Numbers plan={plan} words={words} />
      {plan.teams.map((team) => (
        <TeamSchedule key={team.id} plan={plan} words={words} team={team} />
      ))}
    </>
  );
}

/** The same time for several teams is one row. */
function rowsByTime(slots: readonly Slot[]): [string, Slot[]][] {
  const rows = new Map<string, Slot[]>();
  for (const slot of slots) {
    const time = `${slot.fields.begins_at ?? ""}+${slot.fields.minutes ?? 20}`;
    rows.set(time, [...(rows.get(time) ?? []), slot]);
  }
  return [...rows];
}

function Overall({ plan, words }: PrintProps) {
  return (
    <Paper words={words}>
      <PaperHead plan={plan} words={words} title={words.t("rounds.print.schedule_overall")} />
      <table class="paper-table">
        <thead>
          <tr>
            <th scope="col">{words.t("rounds.print.time")}</th>
            {plan.teams.map((team) => (
              <th key={team.id} scope="col">
                {teamOn(plan, words, team)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsByTime(visits(plan)).map(([time, slots]) => (
            <tr key={time}>
              <th scope="row">{slots[0] && timesOn(words, slots[0])}</th>
              {plan.teams.map((team) => (
                <td key={team.id}>
                  {slots
                    .filter((slot) => slot.fields.team === team.id)
                    .map((slot) => visitOn(words, classroomAt(plan, slot)))
                    .join(", ")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Lunch plan={plan} words={words} />
    </Paper>
  );
}

function Lunch({ plan, words }: PrintProps) {
  const { lunch_begins_at: from, lunch_ends_at: to } = plan.round.fields;
  if (!from) return null;
  const until = to ? ` – ${words.time(to)}` : "";
  return (
    <p>
      {words.t("rounds.print.lunch")}: {words.time(from)}
      {until}
    </p>
  );
}

/** Every number with room to write where it is: by the host, by pen. */
function Numbers({ plan, words }: PrintProps) {
  return (
    <Paper words={words}>
      <PaperHead plan={plan} words={words} title={words.t("rounds.print.numbers")} />
      <table class="paper-table" data-tight>
        <thead>
          <tr>
            <th scope="col">{words.t("rounds.print.visit")}</th>
            <th scope="col">{words.t("rounds.print.grades")}</th>
            <th scope="col" class="room">
              {words.t("rounds.print.room")}
            </th>
          </tr>
        </thead>
        <tbody>
          {numbersOf(plan).map((classroom) => (
            <tr key={classroom.id}>
              <th scope="row">{visitOn(words, classroom)}</th>
              <td>
                {classroom.fields.spare_of && `${words.t("rounds.print.spare")}. `}
                {aboutOn(words, classroom)}
              </td>
              <td class="room" />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="label soft">{words.t("rounds.print.room_hint")}</p>
    </Paper>
  );
}

function TeamSchedule({ plan, words, team }: PrintProps & { team: Team }) {
  const title = words.t("rounds.print.schedule_team", { team: teamOn(plan, words, team) });
  const members = [...team.fields.members].map(memberName).sort();
  const spares = numbersOf(plan).filter((each) => each.fields.spare_of === team.id);
  const list = words.list(spares.map((each) => visitOn(words, each)));
  return (
    <Paper words={words}>
      <PaperHead plan={plan} words={words} title={title} />
      <p>
        {words.t("rounds.print.members")}: {words.list(members)}
      </p>
      <table class="paper-table">
        <thead>
          <tr>
            <th scope="col">{words.t("rounds.print.time")}</th>
            <th scope="col">{words.t("rounds.print.visit")}</th>
            <th scope="col">{words.t("rounds.print.grades")}</th>
            <th scope="col" class="room">
              {words.t("rounds.print.room")}
            </th>
          </tr>
        </thead>
        <tbody>
          {visits(plan, team).map((slot) => (
            <tr key={slot.id}>
              <th scope="row">{timesOn(words, slot)}</th>
              <td class="paper-visit">{visitOn(words, classroomAt(plan, slot))}</td>
              <td>{aboutOn(words, classroomAt(plan, slot))}</td>
              <td class="room" />
            </tr>
          ))}
        </tbody>
      </table>
      {spares.length > 0 && <p>{words.t("rounds.print.spares", { list })}</p>}
      <Lunch plan={plan} words={words} />
    </Paper>
  );
}
