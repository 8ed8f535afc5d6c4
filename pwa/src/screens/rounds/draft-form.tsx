/** What a lead says before the app drafts teams and visits, and the question before a redraft. */
import { useState } from "preact/hooks";
import { Button, Checkbox, Sheet, showToast, TextField } from "../../components";
import { draftSchedule } from "../../domain/schedule";
import { formatList, t } from "../../i18n";
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
  const [hostSchoolVisits, setHostSchoolVisits] = useState(false);
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
          onInput={setFrom}
        />
        <TextField
          type="time"
          label={t("rounds.schedule.visits_end")}
          value={until}
          onInput={setUntil}
        />
        <TextField
          type="number"
          min={1}
          max={12}
          label={t("rounds.schedule.visits_per_team")}
          value={visits}
          onInput={setVisits}
        />
      </div>
      <Checkbox
        label={t("rounds.schedule.host_visits")}
        hint={t("rounds.people.host_note")}
        checked={hostSchoolVisits}
        onChange={setHostSchoolVisits}
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
