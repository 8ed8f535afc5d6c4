/** Scripting sheets: the paper path of a visit. Lines to write on, no name anywhere. */
import { aboutOn, classroomAt, Paper, PaperHead, teamOn, timesOn, visitOn, visits } from "./paper";
import type { PrintProps } from "./paper";
import type { Slot, Team } from "./round-plan";

const LINES = Array.from({ length: 18 }, (_, index) => index);

export function ScriptingSheets({ plan, words }: PrintProps) {
  return (
    <>
      {plan.teams.flatMap((team) =>
        visits(plan, team).map((slot) => (
          <ScriptingSheet key={slot.id} plan={plan} words={words} slot={slot} team={team} />
        )),
      )}
    </>
  );
}

function ScriptingSheet({ plan, words, slot, team }: PrintProps & { slot: Slot; team: Team }) {
  const classroom = classroomAt(plan, slot);
  const title = words.t("rounds.print.script.title", {
    visit: visitOn(words, classroom),
    times: timesOn(words, slot),
  });
  return (
    <Paper words={words} look="script">
      <PaperHead plan={plan} words={words} title={title} />
      <p class="label">
        {[teamOn(plan, words, team), aboutOn(words, classroom)].filter(Boolean).join(" · ")}
      </p>
      <p class="label">
        {words.t("rounds.print.script.ask")} {words.t("rounds.print.script.no_names")}
      </p>
      <table class="paper-table paper-lines">
        <thead>
          <tr>
            <th scope="col" class="minute">
              {words.t("rounds.print.script.minute")}
            </th>
            <th scope="col">{words.t("rounds.print.script.heard")}</th>
            <th scope="col" class="element">
              {words.t("rounds.print.script.element")}
            </th>
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => (
            <tr key={line}>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
