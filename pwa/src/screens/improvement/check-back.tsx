/** The check-back of an item: what became of it, what was learned, whether it was of use. */
import { Choice, Tag } from "../../components";
import { checkBackState } from "../../domain/improvement";
import { CHECK_BACKS } from "../../generated/records";
import { t } from "../../i18n";
import { save, type RecordView } from "../../state";
import { todayHere } from "../rounds/rounds";
import { ChoiceField } from "../words/chosen-field";
import { WordsField } from "../words/words-field";

type Item = RecordView<"next_level_item">;

const OF_USE = ["yes", "no"] as const;

function OfUse({ item, disabled }: { item: Item; disabled: boolean }) {
  const { of_use: ofUse } = item.fields;
  return (
    <Choice
      label={t("improvement.of_use")}
      options={OF_USE.map((value) => ({ value, label: t(`improvement.${value}`) }))}
      value={ofUse === null ? null : ofUse ? "yes" : "no"}
      disabled={disabled}
      onChange={(value) => save(item.kind, item.id, item.scope, { of_use: value === "yes" })}
    />
  );
}

export function CheckBackFields({ item, disabled }: { item: Item; disabled: boolean }) {
  const place = { kind: item.kind, id: item.id, scope: item.scope };
  const isHalfSaid = checkBackState(item.fields, todayHere()) === "half_said";
  return (
    <div class="stack">
      <ChoiceField
        {...place}
        field="outcome"
        label={t("improvement.became")}
        options={CHECK_BACKS.map((value) => ({
          value,
          label: t(`vocabulary.check_back.${value}`),
        }))}
        value={item.fields.outcome}
        disabled={disabled}
      />
      {item.fields.outcome && (
        <>
          <WordsField {...place} field="learned" long rows={2} label={t("improvement.learned")} />
          <OfUse item={item} disabled={disabled} />
        </>
      )}
      {isHalfSaid && !disabled && <p class="soft no-print">{t("improvement.check_back_half")}</p>}
    </div>
  );
}

/** Where the check-back stands, as a word beside the item. */
export function CheckBackTag({ item }: { item: Item }) {
  const { outcome } = item.fields;
  if (outcome) return <Tag>{t(`vocabulary.check_back.${outcome}`)}</Tag>;
  const isDue = checkBackState(item.fields, todayHere()) === "due";
  return isDue ? <Tag>{t("improvement.check_back_due")}</Tag> : null;
}

/** In the sheet of one item: open once it is due, folded before. */
export function CheckBack({ item, disabled }: { item: Item; disabled: boolean }) {
  const state = checkBackState(item.fields, todayHere());
  if (disabled && item.fields.outcome === null) return null;
  return (
    <details class="fold" open={state !== "ahead"}>
      <summary>{t("improvement.say_now")}</summary>
      <CheckBackFields item={item} disabled={disabled} />
    </details>
  );
}
