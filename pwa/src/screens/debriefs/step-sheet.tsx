/** One step to change: name, minutes, who acts, words, phase, place, whether it is left out. */
import { Button, Sheet, showToast, Toggle } from "../../components";
import { ACTORS, PHASES } from "../../generated/records";
import { isRequired } from "../../domain/runbooks";
import { t } from "../../i18n";
import { derivedId, record, remove, restore, save, type SetOf } from "../../state";
import { ChoiceField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { PickedField, WordsField } from "../words/words-field";
import { currentStep, wordsOf, type Runbook, type RunbookStep } from "./runbook-steps";

interface Props {
  runbook: Runbook;
  step: RunbookStep;
  onClose: () => void;
}

function put({ runbook, step }: Props, set: SetOf<"step">): Promise<void> {
  return save("step", step.id, runbook.scope, set);
}

/** Give the steps of a phase whole places, with this one moved by one. */
async function move(props: Props, way: 1 | -1): Promise<void> {
  const { runbook, step } = props;
  const order = runbook.steps.filter((each) => each.phase === step.phase);
  const from = order.findIndex((each) => each.id === step.id);
  order.splice(from, 1);
  order.splice(from + way, 0, step);
  const changed = order.map((each, at) => ({ each, place: at + 1 }));
  await Promise.all(
    changed
      .filter(({ each, place }) => each.order !== place)
      .map(({ each, place }) => put({ ...props, step: each }, { order: place })),
  );
}

function Places(props: Props) {
  const { runbook, step } = props;
  const within = runbook.steps.filter((each) => each.phase === step.phase);
  const at = within.findIndex((each) => each.id === step.id);
  return (
    <div class="cluster">
      <Button icon="up" disabled={at === 0} onPress={() => move(props, -1)}>
        {t("runbooks.earlier")}
      </Button>
      <Button icon="down" disabled={at === within.length - 1} onPress={() => move(props, 1)}>
        {t("runbooks.later")}
      </Button>
    </div>
  );
}

/** Only of a step of one's own: what ships belongs to its phase. The room is not moved under its feet. */
function PhaseOfStep({ runbook, step }: Props) {
  const debrief = record("debrief", derivedId(runbook.roundId, "debrief")).value?.fields;
  if (step.activity !== "other") return null;
  const isUnderWay = debrief?.phase && currentStep(runbook, debrief).id === step.id;
  return (
    <ChoiceField
      kind="step"
      id={step.id}
      scope={runbook.scope}
      field="phase"
      label={t("runbooks.in_phase")}
      value={step.phase}
      options={PHASES.map((value) => ({ value, label: t(`vocabulary.phase.${value}`) }))}
      {...(isUnderWay ? { disabled: true, hint: t("runbooks.under_way") } : {})}
    />
  );
}

function takeAway({ step, onClose }: Props) {
  onClose();
  void remove("step", step.id);
  showToast({ text: t("runbooks.left_out"), undo: () => restore("step", step.id) });
}

/** A step of one's own goes; one that ships is left out, unless it stays in every runbook. */
function Leaving(props: Props) {
  const { step } = props;
  if (step.activity === "other") {
    return (
      <Button look="careful" icon="trash" onPress={() => takeAway(props)}>
        {t("runbooks.take_away")}
      </Button>
    );
  }
  if (isRequired(step.activity)) return <p class="soft label">{t("runbooks.stays")}</p>;
  return (
    <Toggle
      label={t("runbooks.leave_out")}
      checked={step.leftOut}
      onChange={(left_out) => put(props, { left_out })}
    />
  );
}

function Texts(props: Props) {
  const { runbook, step } = props;
  const at = { kind: "step", id: step.id, scope: runbook.scope } as const;
  const usual = wordsOf(step);
  const takeUsual = () => put(props, { ...usual });
  return (
    <>
      {step.activity !== "other" && (
        <div class="cluster">
          <p class="soft label">{t("runbooks.usual_words")}</p>
          <Button look="quiet" onPress={takeUsual}>
            {t("runbooks.take_usual")}
          </Button>
        </div>
      )}
      <WordsField
        {...at}
        field="prompts"
        label={t("runbooks.prompts_label")}
        hint={t("runbooks.prompts_hint")}
        placeholder={usual.prompts}
        long
      />
      <WordsField
        {...at}
        field="script"
        label={t("runbooks.script_label")}
        placeholder={usual.script}
        long
      />
      <WordsField
        {...at}
        field="why"
        label={t("runbooks.why_label")}
        placeholder={usual.why}
        long
      />
    </>
  );
}

export function StepSheet(props: Props) {
  const { runbook, step, onClose } = props;
  const at = { kind: "step", id: step.id, scope: runbook.scope } as const;
  const { title } = wordsOf(step);
  return (
    <Sheet open title={title} onClose={onClose}>
      <div class="stack-wide">
        <DeletedThenEdited {...at} />
        <WordsField {...at} field="title" label={t("runbooks.step_title")} placeholder={title} />
        <StepMinutes {...props} />
        <ChoiceField
          {...at}
          field="actor"
          label={t("runbooks.who_acts")}
          value={step.actor}
          options={ACTORS.map((value) => ({ value, label: t(`vocabulary.actor.${value}`) }))}
        />
        <Texts {...props} />
        <PhaseOfStep {...props} />
        <Places {...props} />
        <Leaving {...props} />
      </div>
    </Sheet>
  );
}

function StepMinutes({ runbook, step }: Props) {
  const label = t("runbooks.how_long");
  const hint = t("runbooks.now_minutes", { count: step.minutes });
  return (
    <PickedField
      kind="step"
      id={step.id}
      scope={runbook.scope}
      field="minutes"
      type="number"
      min={1}
      max={240}
      {...{ label, hint }}
    />
  );
}
