/** What a lead says before the app drafts teams and visits, and the question before a redraft. */
import { useState } from "preact/hooks";
import { Button, Checkbox, Sheet, showToast, TextField } from "../../components";
import { draftSchedule } from "../../domain/schedule";
import { formatList, t } from "../../i18n";
import { save } from "../../state";
import { addTeam, applyDraft, usualWishes, visitorIds, wishesOf } from "./drafting";
import type { RoundPlan } from "./round-plan";
import { parsePicked } from "../words/words-field";

/** What a draft cannot do without, in words. */
function missingFor(plan: RoundPlan): string[] {
  const { begins_at } = plan.round.fields;
  return [
    visitorIds(plan).length === 0 && t("rounds.schedule.needs_people"),
    plan.classrooms.length === 0 && t("rounds.schedule.needs_classrooms"),
    !begins_at && t("rounds.schedule.needs_times"),
  ].filter((need) => need !== false);
}

export function DraftForm({ plan }: { plan: RoundPlan }) {
  return (
    <div class="stack">
      <p class="soft">{t("rounds.schedule.none")}</p>
      <Wishes plan={plan} words={t("rounds.schedule.draft")} />
      <div>
        <Button look="quiet" icon="add" onPress={() => addTeam(plan)}>
          {t("rounds.schedule.add_team")}
        </Button>
      </div>
    </div>
  );
}

/** A new draft takes the place of everything that was changed by hand: it asks first. */
export function Redraft({ plan }: { plan: RoundPlan }) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t("rounds.schedule.redraft")}</Button>
      <Sheet open={asking} title={t("rounds.schedule.redraft")} onClose={close}>
        <p>{t("rounds.schedule.redraft_sure")}</p>
        <Wishes plan={plan} words={t("rounds.schedule.redraft_yes")} done={close} />
      </Sheet>
    </>
  );
}

type Said = "visits_begin_at" | "visits_end_at" | "visits_per_team" | "host_school_visits";

/** What a lead wishes stays in the plan. */
function keep(plan: RoundPlan, field: Said, value: unknown): Promise<void> {
  return save("round", plan.id, plan.scope, { [field]: value });
}

interface WishesProps {
  plan: RoundPlan;
  words: string;
  done?: () => void;
}

function Wishes({ plan, words, done }: WishesProps) {
  const usual = usualWishes(plan);
  const [from, setFrom] = useState(usual.beginsAt);
  const [until, setUntil] = useState(usual.endsAt);
  const [visits, setVisits] = useState(String(usual.visitsPerTeam));
  const { hostSchoolVisits } = usual;
  const keepWhole = (field: Said, value: unknown) => {
    if (value !== undefined && value !== null) void keep(plan, field, value);
  };
  const missing = missingFor(plan);
  const visitsPerTeam = parsePicked("number", visits, 1, 12);
  const possible = missing.length === 0 && from < until && typeof visitsPerTeam === "number";
  const draft = async () => {
    if (!possible) return;
    const own = { beginsAt: from, endsAt: until, visitsPerTeam, hostSchoolVisits };
    await applyDraft(plan, draftSchedule(wishesOf(plan, own)));
    done?.();
    showToast({ text: t("rounds.schedule.drafted") });
  };
  return (
    <div class="stack">
      <div class="side-by-side">
        <TextField
          type="time"
          label={t("rounds.schedule.visits_begin")}
          value={from}
          onInput={(typed) => {
            setFrom(typed);
            keepWhole("visits_begin_at", parsePicked("time", typed));
          }}
        />
        <TextField
          type="time"
          label={t("rounds.schedule.visits_end")}
          value={until}
          onInput={(typed) => {
            setUntil(typed);
            keepWhole("visits_end_at", parsePicked("time", typed));
          }}
        />
        <TextField
          type="number"
          min={1}
          max={12}
          label={t("rounds.schedule.visits_per_team")}
          value={visits}
          onInput={(typed) => {
            setVisits(typed);
            keepWhole("visits_per_team", parsePicked("number", typed, 1, 12));
          }}
        />
      </div>
      <Checkbox
        label={t("rounds.schedule.host_visits")}
        hint={t("rounds.people.host_note")}
        checked={hostSchoolVisits}
        onChange={(on) => keep(plan, "host_school_visits", on)}
      />
      {missing.length > 0 && (
        <p role="status">{t("rounds.schedule.draft_needs", { what: formatList(missing) })}</p>
      )}
      <div class="sheet-actions">
        {done && <Button onPress={done}>{t("rounds.schedule.keep")}</Button>}
        <Button look="primary" disabled={!possible} onPress={draft}>
          {words}
        </Button>
      </div>
    </div>
  );
}
