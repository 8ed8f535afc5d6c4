/** A measure's chart in words and as a picture. */
import { TimeChart, type ChartLine } from "../../components/time-chart";
import { markedPlaces, readingsOf } from "../../domain/chart-readings";
import { formatDate, t } from "../../i18n";
import { titleOf } from "./measures";
import { aimOf, formatDrawn, toldOf, type MeasureView, type Series } from "./series";

export function saysOf(series: Series): string[] {
  return readingsOf(series.chart).map(({ code, values }) => t(`measures.says.${code}`, values));
}

function lineWords(name: string, values: readonly (number | null)[], measure: MeasureView) {
  const known = new Set(values.filter((value) => value !== null));
  const [only] = known;
  return known.size === 1 ? `${name} ${formatDrawn(measure, only!)}` : name;
}

/** Middle, limits and aim, as far as the chart has them. */
function linesOf(measure: MeasureView, { chart, shown }: Series): ChartLine[] {
  const centre = shown.map(() => chart.centre);
  const middle = chart.form === "run" ? t("measures.median") : t("measures.mean");
  const aim = chart.form === "movement" ? null : aimOf(measure);
  const all = [
    { look: "centre", name: middle, values: centre },
    { look: "upper", name: t("measures.upper"), values: chart.upper },
    { look: "lower", name: t("measures.lower"), values: chart.lower },
    { look: "aim", name: t("measures.aim_line"), values: shown.map(() => aim) },
  ] as const;
  return all
    .filter(({ values }) => values.some((value) => value !== null))
    .map(({ look, name, values }) => ({
      look,
      name,
      values,
      words: lineWords(name, values, measure),
    }));
}

/** Days of which something is told, numbered in their order. */
export function notedDays({ shown }: Series): { at: number; number: number; words: string }[] {
  const told = shown.map((day, at) => ({ at, words: toldOf(day).join(" ") }));
  return told
    .filter(({ words }) => words !== "")
    .map(({ at, words }, index) => ({ at, number: index + 1, words }));
}

export function MeasureChart({ measure, series }: { measure: MeasureView; series: Series }) {
  const { chart, shown } = series;
  const marked = markedPlaces(chart);
  const noted = notedDays(series);
  const tell = (at: number) => {
    const value = chart.plotted[at];
    const signal = chart.outside.includes(at) ? t("measures.beyond") : t("measures.marked");
    return [
      formatDate(shown[at]!.on, "short"),
      value == null ? "" : `${formatDrawn(measure, value)} ${measure.fields.unit}`.trim(),
      marked.has(at) ? signal : "",
      ...toldOf(shown[at]!),
    ]
      .filter(Boolean)
      .join(" · ");
  };
  return (
    <TimeChart
      label={t("measures.chart_heard", {
        title: titleOf(measure),
        count: shown.length,
        first: formatDate(shown[0]!.on, "short"),
        last: formatDate(shown.at(-1)!.on, "short"),
        says: saysOf(series).join(" "),
      })}
      days={shown.map(({ on }) => on)}
      values={chart.plotted}
      lines={linesOf(measure, series)}
      marked={marked}
      notes={new Map(noted.map(({ at, number }) => [at, number]))}
      unit={measure.fields.unit}
      format={(value) => formatDrawn(measure, value)}
      tell={tell}
      walk={t("measures.walk")}
    />
  );
}
