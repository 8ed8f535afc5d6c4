/** Typing in the numbers of a day, one day after the other, and changing one. */
import { useState } from "preact/hooks";
import { Button, Form, Select, Sheet, showToast, TextArea, TextField } from "../../components";
import { FEWEST, isAddedUp, isDivided } from "../../domain/measures";
import { flawOf } from "../../domain/points-file";
import { plainNumber } from "../../domain/typed-numbers";
import { formatDate, t } from "../../i18n";
import { list, record, remove, restore } from "../../state";
import { todayHere } from "../rounds/rounds";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import {
  freePlaces,
  hasOutOf,
  numbersOf,
  pointId,
  savePoint,
  type MeasureView,
  type NewPoint,
  type PointView,
} from "./series";

interface Typed {
  on: string;
  value: string;
  outOf: string;
  note: string;
  round: string | null;
}

/** What is wrong with what was typed, in words; nothing while a field is empty. */
function wrongOf(measure: MeasureView, typed: Typed) {
  const numbers = numbersOf(measure);
  const values = valuesOf(measure, typed.value);
  const outOf = plainNumber(typed.outOf);
  const notNumbers = typed.value.trim() !== "" && values.includes(null);
  const notOutOf = hasOutOf(measure) && typed.outOf.trim() !== "" && outOf === null;
  const [first] = values;
  const known = hasOutOf(measure) ? outOf : null;
  const flaw = first && (outOf !== null || !isDivided(numbers)) && flawOf(numbers, first, known);
  const told = flaw ? t(`measures.flaw.${flaw}`) : undefined;
  return {
    value: notNumbers ? t("measures.not_a_number") : flaw === "out_of_missing" ? undefined : told,
    outOf: notOutOf ? t("measures.not_a_number") : flaw === "out_of_missing" ? told : undefined,
    isWhole:
      /^\d{4}-\d\d-\d\d$/.test(typed.on) &&
      values.length > 0 &&
      !values.includes(null) &&
      !notOutOf &&
      flawOf(numbers, first ?? "", known) === null,
  };
}

function valuesOf(measure: MeasureView, typed: string): (string | null)[] {
  if (numbersOf(measure) !== "samples") return [plainNumber(typed)];
  return typed.trim().split(/\s+/).filter(Boolean).map(plainNumber);
}

async function keep(measure: MeasureView, typed: Typed, changed?: PointView): Promise<void> {
  const values = valuesOf(measure, typed.value).filter((value) => value !== null);
  const isSamples = numbersOf(measure) === "samples";
  const places = isSamples ? freePlaces(measure.id, typed.on, values.length) : [0];
  for (const [at, value] of values.entries()) {
    const id = changed?.id ?? pointId(measure.id, typed.on, places[at]);
    const note = at === 0 ? typed.note.trim() : "";
    const outOf = plainNumber(typed.outOf);
    const point: NewPoint = { on: typed.on, value, outOf, note, round: typed.round };
    await savePoint(measure, id, point);
  }
}

interface FieldsProps {
  measure: MeasureView;
  typed: Typed;
  onType: (typed: Typed) => void;
  /** The day of a number is part of what it is: it is not changed. */
  dayStays?: boolean;
}

/** Rounds that the person holds, the last one first. With one comes its day; no number does. */
function OfRound({ typed, onType, dayStays }: Omit<FieldsProps, "measure">) {
  const dated = list("round").value.filter(({ fields }) => fields.visits_on);
  const rounds = [...dated].sort((a, b) => (a.fields.visits_on! < b.fields.visits_on! ? 1 : -1));
  if (rounds.length === 0) return null;
  const choose = (round: string | null) => {
    const on = rounds.find(({ id }) => id === round)?.fields.visits_on;
    onType({ ...typed, round, on: dayStays || !on ? typed.on : on });
  };
  return (
    <Select
      label={t("measures.round")}
      hint={t("measures.round_hint")}
      none={t("measures.round_none")}
      options={rounds.map(({ id, fields }) => ({
        value: id,
        label: t("measures.round_choice", {
          day: formatDate(fields.visits_on!, "short"),
          title: fields.title || t("rounds.untitled"),
        }),
      }))}
      value={typed.round}
      onChange={choose}
    />
  );
}

function Fields({ measure, typed, onType, dayStays = false }: FieldsProps) {
  const numbers = numbersOf(measure);
  const wrong = wrongOf(measure, typed);
  const several = numbers === "samples" && !dayStays;
  const valueLabel = isAddedUp(numbers) ? "counted" : "value";
  return (
    <>
      <OfRound typed={typed} onType={onType} dayStays={dayStays} />
      {!dayStays && (
        <TextField
          label={t("measures.day")}
          type="date"
          value={typed.on}
          onInput={(on) => onType({ ...typed, on })}
        />
      )}
      <TextField
        label={t(several ? "measures.values" : `measures.${valueLabel}`)}
        value={typed.value}
        wrong={wrong.value}
        onInput={(value) => onType({ ...typed, value })}
      />
      {hasOutOf(measure) && (
        <TextField
          label={t(numbers === "rate" ? "measures.size" : "measures.out_of")}
          hint={numbers === "count" ? t("measures.out_of_hint", { fewest: FEWEST }) : undefined}
          value={typed.outOf}
          wrong={wrong.outOf}
          onInput={(outOf) => onType({ ...typed, outOf })}
        />
      )}
      <TextArea
        label={t("measures.note")}
        hint={t("measures.note_hint")}
        rows={2}
        value={typed.note}
        onInput={(note) => onType({ ...typed, note })}
      />
    </>
  );
}

function AddForm({ measure, onClose }: { measure: MeasureView; onClose: () => void }) {
  const [typed, setTyped] = useState<Typed>({
    ...{ on: todayHere(), value: "", outOf: "", note: "", round: null },
  });
  const { isWhole } = wrongOf(measure, typed);
  const known = record("measure_point", pointId(measure.id, typed.on)).value;
  const isTaken = known !== undefined && numbersOf(measure) !== "samples";
  const store = async (isLast: boolean) => {
    if (!isWhole) return;
    await keep(measure, typed);
    showToast({ text: t("measures.point_saved", { day: formatDate(typed.on, "short") }) });
    if (isLast) onClose();
    else setTyped({ ...typed, value: "", note: "", round: null });
  };
  return (
    <Form onSubmit={() => store(false)}>
      <Fields measure={measure} typed={typed} onType={setTyped} />
      {isTaken && <p class="soft label">{t("measures.day_has_one")}</p>}
      <div class="sheet-actions">
        <Button type="submit" disabled={!isWhole}>
          {t("measures.save_and_next")}
        </Button>
        <Button look="primary" disabled={!isWhole} onPress={() => store(true)}>
          {t("app.save")}
        </Button>
      </div>
    </Form>
  );
}

export function AddPoints(props: { measure: MeasureView; open: boolean; onClose: () => void }) {
  const { measure, open, onClose } = props;
  return (
    <Sheet open={open} title={t("measures.add_points")} onClose={onClose}>
      <AddForm measure={measure} onClose={onClose} />
    </Sheet>
  );
}

type ChangeProps = { measure: MeasureView; point: PointView; onClose: () => void };

function ChangeForm({ measure, point, onClose }: ChangeProps) {
  const { fields } = point;
  const on = fields.measured_on ?? "";
  const [typed, setTyped] = useState<Typed>({
    ...{ on, value: fields.value ?? "", outOf: fields.out_of ?? "", note: fields.note },
    round: fields.round,
  });
  const { isWhole } = wrongOf(measure, typed);
  const day = formatDate(on, "short");
  const store = async () => {
    if (!isWhole) return;
    await keep(measure, typed, point);
    onClose();
  };
  const takeAway = async () => {
    await remove("measure_point", point.id);
    onClose();
    const undo = () => restore("measure_point", point.id);
    showToast({ text: t("measures.point_removed", { day }), undo });
  };
  return (
    <Form onSubmit={store}>
      <DeletedThenEdited kind="measure_point" id={point.id} scope={point.scope} />
      <Fields measure={measure} typed={typed} onType={setTyped} dayStays />
      <div class="sheet-actions">
        <Button look="careful" icon="trash" onPress={takeAway}>
          {t("measures.remove_point")}
        </Button>
        <Button type="submit" look="primary" disabled={!isWhole}>
          {t("app.save")}
        </Button>
      </div>
    </Form>
  );
}

export function ChangePoint({
  point,
  ...props
}: Omit<ChangeProps, "point"> & { point: PointView | undefined }) {
  const day = point ? formatDate(point.fields.measured_on ?? "") : "";
  return (
    <Sheet open={point !== undefined} title={day} onClose={props.onClose}>
      {point && <ChangeForm key={point.id} {...props} point={point} />}
    </Sheet>
  );
}
