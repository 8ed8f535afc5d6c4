/** One classroom: grades, subject, context; removed while unused; joined with another by a lead. */
import { Button, Checkbox, Select, Sheet, showToast } from "../../components";
import { PROGRAM_CONTEXTS } from "../../generated/records";
import { formatTime, t } from "../../i18n";
import { remove, restore, save, type SetOf } from "../../state";
import { SelectField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { PickedField } from "../words/words-field";
import { gradeBands, schoolSubjects } from "./classroom-picks";
import { classroomOf, partIn, visitWord, type Classroom, type RoundPlan } from "./round-plan";

interface ClassroomSheetProps {
  plan: RoundPlan;
  id: string | null;
  onClose: () => void;
}

export function ClassroomSheet({ plan, id, onClose }: ClassroomSheetProps) {
  const classroom = classroomOf(plan, id);
  return (
    <Sheet
      open={classroom !== undefined}
      title={visitWord(classroom)}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {t("rounds.schedule.done")}
        </Button>
      }
    >
      {classroom && <ClassroomForm key={id} plan={plan} classroom={classroom} />}
      {classroom && <RemoveClassroom plan={plan} classroom={classroom} onClose={onClose} />}
    </Sheet>
  );
}

interface OneClassroom {
  plan: RoundPlan;
  classroom: Classroom;
}

function ClassroomForm({ plan, classroom }: OneClassroom) {
  const { fields, id } = classroom;
  const target = { kind: "classroom", id, scope: plan.scope } as const;
  const set = (change: SetOf<"classroom">) => save("classroom", id, plan.scope, change);
  return (
    <div class="stack">
      <DeletedThenEdited {...target} />
      <div class="side-by-side">
        <SelectField
          {...target}
          field="grade_band"
          label={t("rounds.classrooms.band")}
          none={t("rounds.classrooms.open")}
          options={gradeBands()}
          value={fields.grade_band}
        />
        <SelectField
          {...target}
          field="subject"
          label={t("rounds.classrooms.subject")}
          none={t("rounds.classrooms.open")}
          options={schoolSubjects()}
          value={fields.subject}
        />
      </div>
      <fieldset>
        <legend class="field-label">{t("rounds.classrooms.context")}</legend>
        <div class="tick-columns">
          {PROGRAM_CONTEXTS.map((word) => (
            <Checkbox
              key={word}
              label={t(`vocabulary.program_context.${word}`)}
              checked={fields.context.has(word)}
              onChange={(on) => set({ [`context/${word}`]: on })}
            />
          ))}
        </div>
      </fieldset>
      <details class="fold" open={Boolean(fields.free_from ?? fields.free_until)}>
        <summary>{t("rounds.classrooms.free")}</summary>
        <p class="soft label">{t("rounds.classrooms.free_hint")}</p>
        <div class="side-by-side">
          <PickedField
            {...target}
            field="free_from"
            type="time"
            label={t("rounds.classrooms.free_from")}
            read={formatTime}
          />
          <PickedField
            {...target}
            field="free_until"
            type="time"
            label={t("rounds.classrooms.free_until")}
            read={formatTime}
          />
        </div>
      </details>
      {partIn(plan).leads && <Join plan={plan} classroom={classroom} />}
    </div>
  );
}

/** What may bear this number's visits: any other number that is not itself joined to one. */
function joinTargets(plan: RoundPlan, classroom: Classroom): Classroom[] {
  const bears = plan.classrooms.some((each) => each.fields.joined_to === classroom.id);
  if (bears) return [];
  return plan.classrooms.filter((each) => each.id !== classroom.id && !each.fields.joined_to);
}

function Join({ plan, classroom }: OneClassroom) {
  const targets = joinTargets(plan, classroom);
  const before = classroom.fields.joined_to;
  if (targets.length === 0) return null;
  const put = (joined_to: string | null) =>
    save("classroom", classroom.id, plan.scope, { joined_to });
  const join = async (target: string | null) => {
    await put(target);
    const names = { visit: visitWord(classroom), other: visitWord(classroomOf(plan, target)) };
    const text = target ? "rounds.classrooms.joined" : "rounds.classrooms.part_again";
    showToast({ text: t(text, names), undo: () => put(before) });
  };
  return (
    <details class="fold" open={before !== null}>
      <summary>{t("rounds.classrooms.join")}</summary>
      <Select
        label={t("rounds.classrooms.join_with")}
        hint={t("rounds.classrooms.join_hint")}
        none={t("rounds.classrooms.itself")}
        options={targets.map((each) => ({ value: each.id, label: visitWord(each) }))}
        value={before}
        onChange={join}
      />
    </details>
  );
}

function RemoveClassroom({ plan, classroom, onClose }: OneClassroom & { onClose: () => void }) {
  const visit = visitWord(classroom);
  const used = plan.slots.some((slot) => slot.fields.classroom === classroom.id);
  if (used) return <p class="soft label">{t("rounds.classrooms.used", { visit })}</p>;
  const takeAway = async () => {
    onClose();
    await remove("classroom", classroom.id);
    showToast({
      text: t("rounds.classrooms.removed", { visit }),
      undo: () => restore("classroom", classroom.id),
    });
  };
  return (
    <div>
      <Button look="careful" icon="trash" onPress={takeAway}>
        {t("rounds.remove_what", { what: visit })}
      </Button>
    </div>
  );
}
