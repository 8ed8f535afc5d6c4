/** One next-level item in a sheet. Who takes it on comes from a list and is never typed. */
import { useState } from "preact/hooks";
import { Button, Select, Sheet, Toggle, showToast } from "../../components";
import { asksWhatBecame, checkBackState, FIRST_ITEMS } from "../../domain/improvement";
import { HORIZONS, LEVELS, TAKERS } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, record, remove, restore, save, type RecordView, type SetOf } from "../../state";
import { OthersHere, useHands, useOpenAt } from "../debriefs/presence";
import { activeMembers, memberName } from "../names";
import { todayHere } from "../rounds/rounds";
import { ChoiceField } from "../words/chosen-field";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { PickedField, WordsField } from "../words/words-field";
import { saveCalendar } from "./calendar";
import { CheckBack } from "./check-back";

type Item = RecordView<"next_level_item">;

function put(item: Item, set: SetOf<"next_level_item">): Promise<void> {
  return save("next_level_item", item.id, item.scope, set);
}

function at({ kind, id, scope }: Item) {
  return { kind, id, scope };
}

interface Taking {
  value: string;
  label: string;
}

/** Roles and groups first, then the network's members by name. */
export function takers(): Taking[] {
  const roles = TAKERS.map((word) => ({ value: word, label: t(`vocabulary.taker.${word}`) }));
  const members = activeMembers().map(({ id, fields }) => ({ value: id, label: fields.name }));
  return [...roles, ...members];
}

/** With whoever has it now, if that is somebody who left. */
function takersFor(item: Item): Taking[] {
  const member = item.fields.taken_on_by_member;
  const those = takers();
  if (!member || those.some((each) => each.value === member)) return those;
  return [...those, { value: member, label: takerName(item) ?? "" }];
}

/** Also of somebody who left: what they took on waits for a lead to hand it over. */
export function takerName({ fields }: Item): string | null {
  if (fields.taken_on_by) return t(`vocabulary.taker.${fields.taken_on_by}`);
  const member = fields.taken_on_by_member;
  if (!member) return null;
  const left = record("member", member).value?.fields.active === false;
  return left ? t("improvement.gone", { name: memberName(member) }) : memberName(member);
}

export function setTaker(item: Item, value: string | null): Promise<void> {
  const role = TAKERS.find((word) => word === value) ?? null;
  return put(item, { taken_on_by: role, taken_on_by_member: role ? null : value });
}

async function takeAway(item: Item, close: () => void): Promise<void> {
  await remove("next_level_item", item.id);
  close();
  showToast({
    text: t("improvement.item_gone"),
    undo: () => restore("next_level_item", item.id),
  });
}

function putInCalendar(item: Item): void {
  saveCalendar(t("improvement.calendar_file"), {
    id: item.id,
    date: item.fields.check_back_on ?? "",
    title: t("improvement.calendar_title", { text: item.fields.text }),
    notes: t("improvement.calendar_notes", { who: takerName(item) ?? "" }),
  });
}

function CheckBackFile({ item }: { item: Item }) {
  if (!item.fields.check_back_on || !item.fields.text) return null;
  return (
    <div>
      <Button icon="download" onPress={() => putInCalendar(item)}>
        {t("improvement.to_calendar")}
      </Button>
    </div>
  );
}

function Details({ item, disabled }: { item: Item; disabled: boolean }) {
  const { fields } = item;
  return (
    <>
      <ChoiceField
        {...at(item)}
        field="horizon"
        label={t("improvement.horizon")}
        options={HORIZONS.map((value) => ({ value, label: t(`vocabulary.horizon.${value}`) }))}
        value={fields.horizon}
        disabled={disabled}
      />
      <ChoiceField
        {...at(item)}
        field="level"
        label={t("improvement.level")}
        options={LEVELS.map((value) => ({ value, label: t(`vocabulary.level.${value}`) }))}
        value={fields.level}
        disabled={disabled}
      />
      <Select
        label={t("improvement.who_takes_it_on")}
        none={t("improvement.choose_who")}
        options={takersFor(item)}
        value={fields.taken_on_by ?? fields.taken_on_by_member}
        disabled={disabled}
        onChange={(value) => setTaker(item, value)}
      />
      <WordsField {...at(item)} field="support" long label={t("improvement.support")} />
      <PickedField
        {...at(item)}
        field="check_back_on"
        type="date"
        label={t("improvement.check_back_on")}
      />
      <CheckBackFile item={item} />
    </>
  );
}

/**
 * What became of it: at the head of the sheet where it was due when that opened, else folded at
 * its foot, so that nothing moves away under whoever answers.
 */
function useAsked(item: Item, round: string): "head" | "foot" | "nowhere" {
  const today = todayHere();
  const [wasDue] = useState(() => checkBackState(item.fields, today) !== "ahead");
  const debrief = record("debrief", derivedId(round, "debrief")).value;
  const isClosed = Boolean(debrief?.fields.closed_at);
  if (!asksWhatBecame(item.fields, { today, isClosed })) return "nowhere";
  return wasDue ? "head" : "foot";
}

export function ItemEditor(props: {
  item: Item;
  disabled: boolean;
  /** How many items are marked "we start with these" already. */
  firstCount: number;
  onClose: () => void;
}) {
  const { item, disabled, firstCount, onClose } = props;
  const first = item.fields.starts_first === true;
  const round = item.scope.slice("round:".length);
  const asked = useAsked(item, round);
  const hands = useHands(round, item.id);
  useOpenAt(round, item.id);
  return (
    <Sheet
      open
      title={t("improvement.item")}
      onClose={onClose}
      actions={
        <>
          {!disabled && (
            <Button look="careful" onPress={() => takeAway(item, onClose)}>
              {t("improvement.take_item_away")}
            </Button>
          )}
          <Button look="primary" onPress={onClose}>
            {t("app.done")}
          </Button>
        </>
      }
    >
      <div class="stack" {...hands}>
        <OthersHere record={item.id} />
        <DeletedThenEdited {...at(item)} />
        <WordsField {...at(item)} field="text" long label={t("improvement.what")} />
        {asked === "head" && <CheckBack item={item} disabled={disabled} />}
        <Details item={item} disabled={disabled} />
        <Toggle
          label={t("improvement.we_start_with_this")}
          hint={t("improvement.at_most_three")}
          checked={first}
          disabled={disabled || (!first && firstCount >= FIRST_ITEMS)}
          onChange={(on) => put(item, { starts_first: on })}
        />
        {asked === "foot" && <CheckBack item={item} disabled={disabled} />}
      </div>
    </Sheet>
  );
}
