/** A CSV file of numbers: what will happen first, then all of it or nothing. */
import { useState } from "preact/hooks";
import { Banner, Button, Choice, Sheet, showToast } from "../../components";
import { FileButton } from "../../components/file-button";
import {
  isUndecided,
  keptBackIn,
  readPoints,
  type FileFlaw,
  type FilePoint,
  type Refused,
} from "../../domain/points-file";
import { readText, type FileText } from "../../domain/file-text";
import type { DateOrder } from "../../domain/typed-numbers";
import { formatDate, t } from "../../i18n";
import { record, together } from "../../state";
import { FaultList } from "../networks/import-faults";
import { formatTyped, freePlaces, numbersOf, pointId, savePoint, type MeasureView } from "./series";

interface Planned {
  id: string;
  point: FilePoint;
  happens: "add" | "change" | "stay";
  /** What stands there now, where its number changes. */
  before?: string;
}

/** What each row of the file would do. */
function planOf(measure: MeasureView, points: readonly FilePoint[]): Planned[] {
  if (numbersOf(measure) === "samples") return planOfSamples(measure, points);
  return points.map((point) => {
    const id = pointId(measure.id, point.on);
    const fields = record("measure_point", id).value?.fields;
    const same =
      fields?.value === point.value && fields.out_of === point.outOf && fields.note === point.note;
    const others = fields?.value !== point.value || fields.out_of !== point.outOf;
    const before = fields && others ? { before: figureOf(fields.value, fields.out_of) } : {};
    return { id, point, happens: !fields ? "add" : same ? "stay" : "change", ...before };
  });
}

function figureOf(value: string | null, outOf: string | null): string {
  const figure = formatTyped(value);
  return outOf === null ? figure : t("measures.so_many_of", { figure, all: formatTyped(outOf) });
}

/** Samples of one day stand beside those that are there already. */
function planOfSamples(measure: MeasureView, points: readonly FilePoint[]): Planned[] {
  const byDay = new Map<string, FilePoint[]>();
  for (const point of points) byDay.set(point.on, [...(byDay.get(point.on) ?? []), point]);
  return [...byDay].flatMap(([on, same]) => {
    const places = freePlaces(measure.id, on, same.length);
    return same.map((point, at) => ({
      ...{ id: pointId(measure.id, on, places[at]), point },
      happens: "add" as const,
    }));
  });
}

function flawWords({ flaw, row, column }: FileFlaw): string {
  const what = t(`measures.flaw.${flaw}`);
  if (!column) return t("measures.flaw_row", { row, what });
  return t("measures.flaw", { row, column, what });
}

/** One flaw as itself, several as a list. */
function Flaws({ flaws, more }: Refused) {
  const words = flaws.map(flawWords);
  if (words.length > 1) return <FaultList faults={words} more={more} />;
  return (
    <Banner tone="careful" icon="careful" urgent>
      {words[0]}
    </Banner>
  );
}

function happensWords({ happens, before }: Planned): string {
  if (happens === "change" && before === undefined) return t("measures.happens.note");
  return t(`measures.happens.${happens}`, { before: before ?? "" });
}

/** Each row of the file, in its order: what it brings, and what becomes of it here. */
function RowByRow({ planned, keptBack }: PlanProps) {
  const told = planned.map((each) => ({
    row: each.point.row,
    day: formatDate(each.point.on, "short"),
    note: each.point.note,
    figure: figureOf(each.point.value, each.point.outOf),
    words: happensWords(each),
  }));
  const silent = keptBack.map(({ row, date }) => ({
    ...{ row, day: date, note: "", figure: "", words: t("measures.happens.nothing") },
  }));
  const rows = [...told, ...silent].sort((a, b) => a.row - b.row);
  return (
    <details class="points-rows" open>
      <summary>{t("measures.row_by_row")}</summary>
      <table class="points">
        <thead>
          <tr>
            {(["day", "value", "what_happens"] as const).map((key) => (
              <th key={key} scope="col">
                {t(`measures.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, day, note, figure, words }) => (
            <tr key={row}>
              <th scope="row">
                {day} <span class="soft label">{t("imports.row", { row })}</span>
                {note && <span class="soft label">{note}</span>}
              </th>
              <td>{figure}</td>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface PlanProps {
  planned: readonly Planned[];
  keptBack: readonly { row: number; date: string }[];
}

function Plan({ planned, keptBack }: PlanProps) {
  const days = planned.map(({ point }) => point.on).sort();
  const count = (wanted: Planned["happens"]) =>
    planned.filter(({ happens }) => happens === wanted).length;
  const [added, changed, same] = [count("add"), count("change"), count("stay")];
  return (
    <div>
      {days.length > 0 && (
        <p>
          {t("measures.from_to", {
            first: formatDate(days[0] ?? "", "short"),
            last: formatDate(days.at(-1) ?? "", "short"),
          })}
        </p>
      )}
      {added > 0 && <p>{t("measures.will_add", { count: added })}</p>}
      {changed > 0 && <p>{t("measures.will_change", { count: changed })}</p>}
      {same > 0 && <p>{t("measures.stays", { count: same })}</p>}
      {keptBack.length > 0 && <p>{t("measures.brings_no_figure", { count: keptBack.length })}</p>}
      <RowByRow planned={planned} keptBack={keptBack} />
    </div>
  );
}

const NO_LETTERS: Refused = { flaws: [{ flaw: "encoding", row: 1, column: "" }], more: 0 };

function exampleOf(text: string): string {
  return /\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/.exec(text)?.[0] ?? "";
}

function ImportForm({ measure, onClose }: { measure: MeasureView; onClose: () => void }) {
  const [file, setFile] = useState<FileText | null>();
  const text = file?.text;
  const [order, setOrder] = useState<DateOrder | null>(null);
  const undecided = text !== undefined && isUndecided(text);
  const read =
    file === null
      ? NO_LETTERS
      : text === undefined || (undecided && !order)
        ? undefined
        : readPoints(text, numbersOf(measure), order ?? "month_first", measure.fields.base);
  const planned = Array.isArray(read) ? planOf(measure, read) : undefined;
  const takeIn = async () => {
    const wanted = planned?.filter(({ happens }) => happens !== "stay") ?? [];
    const savings = () => Promise.all(wanted.map(({ id, point }) => savePoint(measure, id, point)));
    try {
      await together(savings);
    } catch {
      return; // The line that says what is not on the disk says it, and tries again.
    }
    onClose();
    showToast({ text: t("measures.taken_in", { count: wanted.length }) });
  };
  return (
    <div class="stack">
      <p class="soft">{t("measures.import_lead")}</p>
      <FileButton
        label={t("measures.choose_file")}
        accept=".csv,.txt,text/csv,text/plain"
        onFile={async (chosen) => {
          setOrder(null);
          setFile(readText(new Uint8Array(await chosen.arrayBuffer())));
        }}
      />
      {undecided && (
        <Choice
          label={t("measures.order", { example: exampleOf(text) })}
          options={[
            { value: "month_first", label: t("measures.month_first") },
            { value: "day_first", label: t("measures.day_first") },
          ]}
          value={order}
          onChange={setOrder}
        />
      )}
      {read && !Array.isArray(read) && <Flaws {...read} />}
      {file?.isOld && <Banner icon="careful">{t("measures.old_text")}</Banner>}
      {planned && <Plan planned={planned} keptBack={keptBackIn(text ?? "")} />}
      <Button
        look="primary"
        wide
        disabled={!planned?.some(({ happens }) => happens !== "stay")}
        onPress={takeIn}
      >
        {t("measures.take_in")}
      </Button>
    </div>
  );
}

export function ImportPoints(props: { measure: MeasureView; open: boolean; onClose: () => void }) {
  const { measure, open, onClose } = props;
  return (
    <Sheet open={open} title={t("measures.import")} onClose={onClose}>
      <ImportForm measure={measure} onClose={onClose} />
    </Sheet>
  );
}
