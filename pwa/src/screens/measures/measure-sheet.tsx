/** What is counted, how, and how it is drawn; saved as one types. */
import { Button, Select, Sheet, TextField, showToast } from "../../components";
import { FEWEST, isAddedUp } from "../../domain/measures";
import { plainNumber } from "../../domain/typed-numbers";
import { CHART_FORMS, COUNTED_BASES, NUMBER_SORTS } from "../../generated/records";
import { t } from "../../i18n";
import { remove, restore, save, type SetOf } from "../../state";
import { useSavedWords, WordsField } from "../words/words-field";
import { numbersOf, type MeasureView } from "./series";

function put({ id, scope }: MeasureView, set: SetOf<"measure">): Promise<void> {
  return save("measure", id, scope, set);
}

function at({ kind, id, scope }: MeasureView) {
  return { kind, id, scope };
}

function Aim({ measure }: { measure: MeasureView }) {
  const parse = (typed: string) => (typed.trim() === "" ? null : (plainNumber(typed) ?? undefined));
  const words = useSavedWords({ ...at(measure), field: "aim" }, parse);
  const isShare = numbersOf(measure) === "share";
  return (
    <TextField
      label={t("measures.aim")}
      hint={t(isShare ? "measures.aim_hint_share" : "measures.aim_hint")}
      {...words}
      wrong={parse(words.value) === undefined ? t("measures.not_a_number") : undefined}
    />
  );
}

/** How the numbers were gathered; from it follow the limits of a control chart. */
function Numbers({ measure }: { measure: MeasureView }) {
  const numbers = numbersOf(measure);
  return (
    <>
      <Select
        label={t("measures.numbers")}
        hint={t(`measures.numbers_hint.${numbers}`)}
        options={NUMBER_SORTS.map((value) => ({
          value,
          label: t(`vocabulary.number_sort.${value}`),
        }))}
        value={numbers}
        onChange={(chosen) => put(measure, { numbers: chosen })}
      />
      {isAddedUp(numbers) && (
        <Select
          label={t(numbers === "count" ? "measures.base_of_count" : "measures.base")}
          hint={t("measures.base_hint", { fewest: FEWEST })}
          options={COUNTED_BASES.map((value) => ({
            value,
            label: t(`vocabulary.counted_base.${value}`),
          }))}
          value={measure.fields.base ?? "students"}
          onChange={(base) => put(measure, { base })}
        />
      )}
    </>
  );
}

export async function removeMeasure({ id, fields }: MeasureView): Promise<void> {
  await remove("measure", id);
  showToast({
    text: t("measures.removed", { title: fields.title || t("measures.untitled") }),
    undo: () => restore("measure", id),
  });
}

export function MeasureSheet({ measure, onClose }: { measure: MeasureView; onClose: () => void }) {
  return (
    <Sheet
      open
      title={measure.fields.title || t("measures.title")}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {t("app.done")}
        </Button>
      }
    >
      <div class="stack">
        <WordsField
          {...at(measure)}
          field="title"
          label={t("measures.name")}
          hint={t("measures.name_hint")}
        />
        <WordsField
          {...at(measure)}
          field="about"
          long
          label={t("measures.about")}
          hint={t("measures.about_hint")}
        />
        <Numbers measure={measure} />
        <Select
          label={t("measures.form")}
          options={CHART_FORMS.map((value) => ({
            value,
            label: t(`vocabulary.chart_form.${value}`),
          }))}
          value={measure.fields.form ?? "run"}
          onChange={(form) => put(measure, { form })}
        />
        {numbersOf(measure) !== "share" && (
          <WordsField {...at(measure)} field="unit" label={t("measures.unit")} />
        )}
        <Aim measure={measure} />
      </div>
    </Sheet>
  );
}
