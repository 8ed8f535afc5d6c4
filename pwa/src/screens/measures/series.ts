/** A measure's records as days and a chart, and how its numbers read. */
import { daysOf, takesOutOf, type Day, type Point } from "../../domain/measures";
import { draw, type Chart } from "../../domain/run-charts";
import { formatDate, locale, t } from "../../i18n";
import {
  derivedId,
  list,
  listBy,
  network,
  record,
  restore,
  save,
  type RecordView,
} from "../../state";

export type MeasureView = RecordView<"measure">;
export type PointView = RecordView<"measure_point">;

export interface Series {
  points: readonly PointView[];
  days: readonly Day[];
  shown: readonly Day[];
  chart: Chart;
}

export function scopeHere(): string {
  return `network:${network.value?.network.id ?? ""}`;
}

export function measuresHere(): readonly MeasureView[] {
  return list("measure", scopeHere()).value;
}

export function numbersOf({ fields }: MeasureView) {
  return fields.numbers ?? "value";
}

export function hasOutOf(measure: MeasureView): boolean {
  return takesOutOf(numbersOf(measure), measure.fields.base);
}

export function pointsOf(measureId: string): readonly PointView[] {
  const found = listBy("measure_point", "measure", measureId).value;
  const whole = found.filter(({ fields }) => fields.measured_on && fields.value !== null);
  return whole.sort((a, b) => (a.fields.measured_on! < b.fields.measured_on! ? -1 : 1));
}

function asPoint({ fields }: PointView): Point {
  return {
    on: fields.measured_on!,
    value: Number(fields.value),
    outOf: fields.out_of === null ? null : Number(fields.out_of),
    note: fields.note.trim(),
    roundOn: roundOf(fields.round)?.fields.visits_on ?? null,
  };
}

/** The round that a number names, where the reader holds it; of another nothing is told. */
function roundOf(id: string | null): RecordView<"round"> | undefined {
  const found = id === null ? undefined : record("round", id).value;
  return found?.kind === "round" ? found : undefined;
}

/** What stands below the day of one number. */
export function toldOfPoint(point: PointView): string[] {
  const { roundOn, note } = asPoint(point);
  return toldOf({ rounds: roundOn ? [roundOn] : [], notes: note ? [note] : [] });
}

/** What stands beside the day's point: of which round it is, what happened. */
export function toldOf({ rounds, notes }: Pick<Day, "rounds" | "notes">): string[] {
  const of = rounds.map((on) => t("measures.of_round", { day: formatDate(on, "short") }));
  return [...of, ...notes];
}

export function seriesOf(measure: MeasureView): Series {
  const points = pointsOf(measure.id);
  const numbers = numbersOf(measure);
  const days = daysOf(numbers, measure.fields.base, points.map(asPoint));
  const shown = days.filter((day) => !day.hidden);
  return { points, days, shown, chart: draw(measure.fields.form ?? "run", numbers, shown) };
}

/** The id of a day's number; of samples, a day has several. */
export function pointId(measureId: string, on: string, place = 0): string {
  return derivedId(measureId, place === 0 ? `point/${on}` : `point/${on}/${place}`);
}

export interface NewPoint {
  on: string;
  value: string;
  outOf: string | null;
  note: string;
  /** Left as it is where it is not said: a file does not know it. */
  round?: string | null;
}

/**
 * Saved under the day's own id, so that the same day typed twice is one. Everything is in the
 * queue for the disk before this is waited for, so that a file of numbers goes there together.
 */
export async function savePoint(
  measure: MeasureView,
  id: string,
  { on, value, outOf, note, round }: NewPoint,
): Promise<void> {
  const back = record("measure_point", id).value ? null : restore("measure_point", id);
  const saved = save("measure_point", id, measure.scope, {
    ...{ measure: measure.id, measured_on: on, value },
    ...{ out_of: hasOutOf(measure) ? outOf : null, note, ...(round !== undefined && { round }) },
  });
  await Promise.all([back, saved]);
}

/** The first places of a day that no sample has. */
export function freePlaces(measureId: string, on: string, count: number): number[] {
  const taken = new Set(pointsOf(measureId).map(({ id }) => id));
  const free: number[] = [];
  for (let place = 0; free.length < count; place += 1) {
    if (!taken.has(pointId(measureId, on, place))) free.push(place);
  }
  return free;
}

/** A share as percent, everything else with as many digits as its size wants. */
export function formatDrawn(measure: MeasureView, value: number): string {
  if (numbersOf(measure) === "share") {
    return new Intl.NumberFormat(locale.value, {
      style: "percent",
      maximumFractionDigits: 1,
    }).format(value);
  }
  const size = Math.abs(value);
  const digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(value);
}

/** A number as it was typed, in the locale's own signs. */
export function formatTyped(typed: string | null): string {
  if (typed === null) return "";
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 9 }).format(Number(typed));
}

export function aimOf(measure: MeasureView): number | null {
  const { aim } = measure.fields;
  if (aim === null) return null;
  return numbersOf(measure) === "share" ? Number(aim) / 100 : Number(aim);
}
