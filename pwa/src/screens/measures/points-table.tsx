/** Every number of a measure as a table. A day about too few reads so, and a tap says why. */
import { markedPlaces } from "../../domain/chart-readings";
import { FEWEST, isAddedUp, isDivided } from "../../domain/measures";
import { formatDate, t } from "../../i18n";
import { may } from "../../state";
import { KeptBack } from "../kept-back";
import {
  formatDrawn,
  formatTyped,
  hasOutOf,
  numbersOf,
  toldOfPoint,
  type MeasureView,
  type PointView,
  type Series,
} from "./series";

interface TableProps {
  measure: MeasureView;
  series: Series;
  onOpen: (point: PointView) => void;
}

/** The columns of figures, by their titles. */
function titlesOf(measure: MeasureView, series: Series): string[] {
  const { chart } = series;
  const numbers = numbersOf(measure);
  const divided = isDivided(numbers);
  const titles = [t(isAddedUp(numbers) ? "measures.counted" : "measures.value")];
  if (saysOutOf(measure, series)) {
    titles.push(t(numbers === "rate" ? "measures.size" : "measures.out_of"));
  }
  if (divided || chart.form === "movement") titles.push(t("measures.drawn"));
  return titles;
}

/** Of counts, where a day at least says out of how many. */
function saysOutOf(measure: MeasureView, { points }: Series): boolean {
  if (isDivided(numbersOf(measure))) return true;
  return hasOutOf(measure) && points.some(({ fields }) => fields.out_of !== null);
}

/** In the order of their titles. */
function figuresOf(measure: MeasureView, series: Series, point: PointView, at?: number) {
  const { chart } = series;
  const divided = isDivided(numbersOf(measure));
  const figures = [formatTyped(point.fields.value)];
  if (saysOutOf(measure, series)) figures.push(formatTyped(point.fields.out_of));
  if (divided || chart.form === "movement") {
    const value = at === undefined ? null : chart.plotted[at];
    figures.push(value == null ? "" : formatDrawn(measure, value));
  }
  return figures;
}

function Day({
  measure,
  series,
  point,
  at,
  onOpen,
}: TableProps & { point: PointView; at: number | undefined }) {
  const { chart } = series;
  const day = formatDate(point.fields.measured_on!, "short");
  const told = toldOfPoint(point);
  return (
    <th scope="row">
      {may("measure_point", measure.scope) ? (
        <button
          type="button"
          class="points-day"
          aria-label={t("measures.change_point", { day })}
          onClick={() => onOpen(point)}
        >
          {day}
        </button>
      ) : (
        day
      )}
      {at !== undefined && markedPlaces(chart).has(at) && (
        <span class="soft label">
          {chart.outside.includes(at) ? t("measures.beyond") : t("measures.marked")}
        </span>
      )}
      {told.map((words) => (
        <span key={words} class="soft label">
          {words}
        </span>
      ))}
    </th>
  );
}

/** Fewer than the fewest: which rule, and who still sees the number. */
function Fewer({ measure }: { measure: MeasureView }) {
  const isCount = numbersOf(measure) === "count";
  return (
    <KeptBack
      words={t("measures.fewer_than", { fewest: FEWEST })}
      rule={t(isCount ? "measures.fewer_rule_count" : "measures.fewer_rule", { fewest: FEWEST })}
    >
      {may("measure_point", measure.scope) && (
        <p class="soft">{t(isCount ? "measures.fewer_mend_count" : "measures.fewer_mend")}</p>
      )}
    </KeptBack>
  );
}

export function PointsTable({ measure, series, onOpen }: TableProps) {
  const titles = titlesOf(measure, series);
  const hidden = new Set(series.days.filter((day) => day.hidden).map(({ on }) => on));
  const places = new Map(series.shown.map(({ on }, at) => [on, at]));
  return (
    <table class="points">
      <thead>
        <tr>
          <th scope="col">{t("measures.day")}</th>
          {titles.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...series.points].reverse().map((point) => {
          const at = places.get(point.fields.measured_on!);
          return (
            <tr key={point.id}>
              <Day measure={measure} series={series} point={point} at={at} onOpen={onOpen} />
              {hidden.has(point.fields.measured_on!) ? (
                <td colSpan={titles.length}>
                  <Fewer measure={measure} />
                </td>
              ) : (
                figuresOf(measure, series, point, at).map((figure, column) => (
                  <td key={titles[column]}>{figure}</td>
                ))
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
