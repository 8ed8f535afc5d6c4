/**
 * One measure: what its chart says in words, the chart, what happened, every number. All of
 * it is computed on the device; only files are made by the server.
 */
import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import {
  Banner,
  Button,
  Empty,
  Menu,
  PrintSheet,
  Screen,
  Section,
  showToast,
} from "../../components";
import { FEWEST } from "../../domain/measures";
import { wordsToCheck } from "../../domain/names-check";
import { formatDate, language, t } from "../../i18n";
import { link, may, network, record, save } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { setting } from "../words/saved-field";
import { NamesCheck, type Checked } from "../debriefs/names-check";
import { KeepView } from "../patterns/saved-views";
import { ImportPoints } from "./import-sheet";
import { MeasureChart, notedDays, saysOf } from "./measure-chart";
import { MeasureSheet, removeMeasure } from "./measure-sheet";
import { titleOf } from "./measures";
import { AddPoints, ChangePoint } from "./points-sheet";
import { PointsTable } from "./points-table";
import { formatDrawn, seriesOf, type MeasureView, type PointView, type Series } from "./series";
import "./measures.css";

const BACK = "/patterns/measures";

/** A person's forms first, a program's last. */
const FORMATS = ["xlsx", "pdf", "csv", "jsonl"] as const;
type Format = (typeof FORMATS)[number];

/** The browser fetches the file itself: the answer names it. null: the schema of JSON Lines. */
function takeAlong(measure: MeasureView, format: Format | null): void {
  if (link.value === "offline") {
    showToast({ text: t("measures.online_only") });
    return;
  }
  const anchor = document.createElement("a");
  const query = new URLSearchParams({ language: language.value });
  if (format) query.set("format", format);
  const what = format ? `${measure.id}/export` : "export/schema";
  const networkId = network.value?.network.id ?? "";
  anchor.href = `/api/v1/networks/${networkId}/measures/${what}?${query}`;
  anchor.download = "";
  anchor.click();
}

type Opened = "change" | "add" | "import" | null;

function MoreMenu({ measure, onOpen }: { measure: MeasureView; onOpen: (what: Opened) => void }) {
  const { route } = useLocation();
  const mayChange = may("measure", measure.scope);
  const takeAway = async () => {
    await removeMeasure(measure);
    route(BACK);
  };
  return (
    <Menu
      label={t("measures.more")}
      items={[
        ...(mayChange
          ? [
              { label: t("measures.change"), onPress: () => onOpen("change") },
              { label: t("measures.import"), onPress: () => onOpen("import") },
            ]
          : []),
        ...FORMATS.map((format) => ({
          label: t(`measures.as_${format}`),
          onPress: () => takeAlong(measure, format),
        })),
        { label: t("patterns.jsonl_schema"), onPress: () => takeAlong(measure, null) },
        ...(mayChange ? [{ label: t("measures.remove"), careful: true, onPress: takeAway }] : []),
      ]}
    />
  );
}

function Figures({ measure, series }: { measure: MeasureView; series: Series }) {
  const { chart } = series;
  if (chart.centre === null) return null;
  const { runs, centre } = chart;
  const middle = t(chart.form === "run" ? "measures.median" : "measures.mean");
  const rows: [string, string][] = [[middle, formatDrawn(measure, centre)]];
  if (runs) {
    rows.push(
      [t("measures.useful"), String(runs.useful)],
      [
        t("measures.longest"),
        t("measures.longest_of", { longest: runs.longest, most: runs.longestMax }),
      ],
      [
        t("measures.crossings"),
        t("measures.crossings_of", { crossings: runs.crossings, least: runs.crossingsMin }),
      ],
    );
  }
  return (
    <details class="measure-figures">
      <summary>{t("measures.figures")}</summary>
      <dl>
        {rows.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Notes({ series }: { series: Series }) {
  const noted = notedDays(series);
  if (noted.length === 0) return null;
  return (
    <Section title={t("measures.notes")}>
      <ol class="measure-notes">
        {noted.map(({ at, number, words }) => (
          <li key={at}>
            <b>{number}</b> <span class="soft">{formatDate(series.shown[at]!.on, "short")}</span>{" "}
            {words}
          </li>
        ))}
      </ol>
    </Section>
  );
}

interface DrawnProps {
  measure: MeasureView;
  series: Series;
  onOpen: (what: Opened) => void;
  onPoint: (point: PointView) => void;
}

function Drawn({ measure, series, onOpen, onPoint }: DrawnProps) {
  const hidden = series.days.length - series.shown.length;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <section class="section">
          <div class="section-head">
            <h2>{t("measures.says")}</h2>
            <MoreMenu measure={measure} onOpen={onOpen} />
          </div>
          {saysOf(series).map((words) => (
            <p key={words} class="measure-says">
              {words}
            </p>
          ))}
          <p class="soft label">
            {t(`measures.rules.${series.chart.form}`)} {t("measures.not_a_verdict")}
          </p>
        </section>
        {series.shown.length > 0 && <MeasureChart measure={measure} series={series} />}
        {hidden > 0 && (
          <p class="soft label">{t("measures.hidden", { count: hidden, fewest: FEWEST })}</p>
        )}
        <Notes series={series} />
        <Figures measure={measure} series={series} />
        <Section title={t("measures.all_numbers")}>
          <PointsTable measure={measure} series={series} onOpen={onPoint} />
        </Section>
      </div>
    </PrintSheet>
  );
}

/** Words that may name somebody: looked at by whoever may write, before a file holds them. */
function NamesOf({ measure, series }: { measure: MeasureView; series: Series }) {
  const { id, scope, fields } = measure;
  const texts: Checked[] = [
    ...(["title", "about", "unit"] as const).map((name) => ({
      text: fields[name],
      replace: (text: string) => save("measure", id, scope, setting<"measure">(name, text)),
    })),
    ...series.points.map((point) => ({
      text: point.fields.note,
      replace: (note: string) => save("measure_point", point.id, scope, { note }),
    })),
  ];
  const words = wordsToCheck(
    texts.map(({ text }) => text),
    fields.not_a_person,
    language.value,
  );
  if (words.length === 0 || !may("measure", scope)) return null;
  const onNobody = (slug: string) => save("measure", id, scope, { [`not_a_person/${slug}`]: true });
  return (
    <>
      <Banner icon="eye">{t("measures.leaves_without")}</Banner>
      <NamesCheck texts={texts} words={words} onNobody={onNobody} />
    </>
  );
}

function Opened({ measure }: { measure: MeasureView }) {
  const [open, setOpen] = useState<Opened>(null);
  const [pointId, setPointId] = useState<string | null>(null);
  const series = seriesOf(measure);
  const mayAdd = may("measure_point", measure.scope);
  const close = () => setOpen(null);
  return (
    <Screen
      title={titleOf(measure)}
      lead={measure.fields.about}
      back={{ href: BACK, label: t("measures.title") }}
      action={
        mayAdd && (
          <Button look="primary" icon="add" onPress={() => setOpen("add")}>
            {t("measures.add_points")}
          </Button>
        )
      }
    >
      <div class="stack-wide">
        <KeepView
          asked={new URLSearchParams({ measure: measure.id })}
          look="measure"
          called={titleOf(measure)}
        />
        <DeletedThenEdited kind="measure" id={measure.id} scope={measure.scope} />
        {series.points.length === 0 ? (
          <Empty action={<MoreMenu measure={measure} onOpen={setOpen} />}>
            {t(mayAdd ? "measures.no_points" : "measures.no_points_to_read")}
          </Empty>
        ) : (
          <Drawn
            measure={measure}
            series={series}
            onOpen={setOpen}
            onPoint={({ id }) => setPointId(id)}
          />
        )}
        <NamesOf measure={measure} series={series} />
      </div>
      {open === "change" && <MeasureSheet measure={measure} onClose={close} />}
      <AddPoints measure={measure} open={open === "add"} onClose={close} />
      <ImportPoints measure={measure} open={open === "import"} onClose={close} />
      <ChangePoint
        measure={measure}
        point={series.points.find(({ id }) => id === pointId)}
        onClose={() => setPointId(null)}
      />
    </Screen>
  );
}

export default function MeasureScreen() {
  const { params } = useRoute();
  const measure = record("measure", params["measure"] ?? "").value;
  if (measure?.kind === "measure") return <Opened key={measure.id} measure={measure} />;
  return (
    <Screen title={t("measures.title")} back={{ href: BACK, label: t("measures.title") }}>
      <Empty>{t("measures.gone")}</Empty>
    </Screen>
  );
}
