/** One visit in the schedule: its classroom, time and minutes; *Not today*; taken away. */
import { Button, Sheet, showToast } from "../../components";
import { freeSpare } from "../../domain/rounds";
import { formatTime, t } from "../../i18n";
import { remove, restore, save } from "../../state";
import { notToday } from "./drafting";
import {
  aboutClassroom,
  classroomOf,
  plannedClassroom,
  plannedSlot,
  teamName,
  visitedIn,
  visitWord,
  type RoundPlan,
  type Slot,
} from "./round-plan";
import { SelectField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { PickedField } from "../words/words-field";

interface SlotSheetProps {
  plan: RoundPlan;
  id: string | null;
  onClose: () => void;
}

export function SlotSheet({ plan, id, onClose }: SlotSheetProps) {
  const slot = plan.slots.find((each) => each.id === id);
  const team = plan.teams.find((each) => each.id === slot?.fields.team);
  const takeAway = async () => {
    if (!slot) return;
    onClose();
    await remove("slot", slot.id);
    showToast({
      text: t("rounds.schedule.visit_removed"),
      undo: () => restore("slot", slot.id),
    });
  };
  return (
    <Sheet
      open={slot !== undefined}
      title={t("rounds.schedule.cell_title", { team: team ? teamName(plan, team) : "" })}
      onClose={onClose}
      actions={
        <>
          <Button look="careful" onPress={takeAway}>
            {t("rounds.schedule.remove_visit")}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t("rounds.schedule.done")}
          </Button>
        </>
      }
    >
      {slot && <SlotForm key={slot.id} plan={plan} slot={slot} />}
      {slot && <NotToday plan={plan} slot={slot} onClose={onClose} />}
    </Sheet>
  );
}

interface OneSlot {
  plan: RoundPlan;
  slot: Slot;
}

function SlotForm({ plan, slot }: OneSlot) {
  const target = { kind: "slot", id: slot.id, scope: plan.scope } as const;
  const options = plan.classrooms
    .filter((each) => !each.fields.joined_to || each.id === slot.fields.classroom)
    .map((each) => ({
      value: each.id,
      label: [visitWord(each), aboutClassroom(each)].filter(Boolean).join(" · "),
    }));
  return (
    <div class="stack">
      <DeletedThenEdited {...target} />
      <SelectField
        {...target}
        field="classroom"
        label={t("rounds.schedule.classroom")}
        none={t("rounds.schedule.choose")}
        options={options}
        value={slot.fields.classroom}
      />
      <div class="side-by-side">
        <PickedField
          {...target}
          field="begins_at"
          type="time"
          label={t("rounds.schedule.time")}
          read={formatTime}
        />
        <PickedField
          {...target}
          field="minutes"
          type="number"
          min={5}
          max={120}
          label={t("rounds.schedule.minutes")}
        />
      </div>
    </div>
  );
}

/** A spare number takes the classroom's place. Nobody asks why, and no reason is stored. */
function NotToday({ plan, slot, onClose }: OneSlot & { onClose: () => void }) {
  const visit = visitWord(visitedIn(plan, slot.fields.classroom));
  if (slot.fields.skipped) {
    return (
      <Button onPress={() => save("slot", slot.id, plan.scope, { skipped: false })}>
        {t("rounds.schedule.today_again")}
      </Button>
    );
  }
  const spare = freeSpare(
    plan.classrooms.map(plannedClassroom),
    plan.slots.map(plannedSlot),
    slot.fields.team,
  );
  const other = visitWord(classroomOf(plan, spare?.id ?? null));
  const leaveOut = async (instead: string | undefined) => {
    onClose();
    const undo = await notToday(plan, slot, instead);
    const text = instead ? "rounds.schedule.replaced" : "rounds.schedule.now_skipped";
    showToast({ text: t(text, { visit, other }), undo });
  };
  return (
    <details class="fold">
      <summary>{t("rounds.schedule.not_today")}</summary>
      <p class="label">
        {spare
          ? t("rounds.schedule.not_today_hint", { visit: other })
          : t("rounds.schedule.not_today_none")}
      </p>
      <div class="cluster">
        {spare && (
          <Button onPress={() => leaveOut(spare.id)}>
            {t("rounds.schedule.not_today_use", { visit: other })}
          </Button>
        )}
        <Button onPress={() => leaveOut(undefined)}>{t("rounds.schedule.not_today_only")}</Button>
      </div>
    </details>
  );
}
