/** One team: its name, who is in it, who facilitates. Nobody is in two teams. */
import { Button, Checkbox, Sheet, showToast } from "../../components";
import { compareText, t } from "../../i18n";
import { memberName } from "../names";
import { putInTeam, removeTeam, visitorIds } from "./drafting";
import { teamName, type RoundPlan, type Team } from "./round-plan";
import { SelectField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { WordsField } from "../words/words-field";

interface TeamSheetProps {
  plan: RoundPlan;
  id: string | null;
  onClose: () => void;
}

export function TeamSheet({ plan, id, onClose }: TeamSheetProps) {
  const team = plan.teams.find((each) => each.id === id);
  const name = team ? teamName(plan, team) : "";
  const takeAway = async () => {
    if (!team) return;
    onClose();
    const undo = await removeTeam(plan, team);
    showToast({ text: t("rounds.schedule.team_removed", { team: name }), undo });
  };
  return (
    <Sheet
      open={team !== undefined}
      title={name}
      onClose={onClose}
      actions={
        <>
          <Button look="careful" onPress={takeAway}>
            {t("rounds.schedule.remove_team")}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t("rounds.schedule.done")}
          </Button>
        </>
      }
    >
      {team && <TeamForm key={team.id} plan={plan} team={team} />}
    </Sheet>
  );
}

function TeamForm({ plan, team }: { plan: RoundPlan; team: Team }) {
  const { members, facilitator } = team.fields;
  const byName = (a: string, b: string) => compareText(memberName(a), memberName(b));
  const everybody = [...new Set([...visitorIds(plan), ...members])].sort(byName);
  const target = { kind: "team", id: team.id, scope: plan.scope } as const;
  const inTeam = everybody.filter((id) => members.has(id));
  return (
    <div class="stack">
      <DeletedThenEdited {...target} />
      <WordsField {...target} field="name" label={t("rounds.schedule.name_label")} />
      <fieldset>
        <legend class="field-label">{t("rounds.schedule.members")}</legend>
        {everybody.map((id) => (
          <Checkbox
            key={id}
            label={memberName(id)}
            hint={elsewhere(plan, team, id)}
            checked={members.has(id)}
            onChange={(on) => putInTeam(plan, id, on ? team.id : null)}
          />
        ))}
      </fieldset>
      <SelectField
        {...target}
        field="facilitator"
        label={t("rounds.schedule.facilitator")}
        none={t("rounds.schedule.nobody")}
        options={inTeam.map((id) => ({ value: id, label: memberName(id) }))}
        value={facilitator}
      />
    </div>
  );
}

/** The team that a person would leave. */
function elsewhere(plan: RoundPlan, team: Team, member: string): string {
  const other = plan.teams.find((each) => each.id !== team.id && each.fields.members.has(member));
  return other ? teamName(plan, other) : "";
}
