/**
 * One measure over time as a line: readable on a phone, by keyboard and by a screen reader.
 *
 * The picture is one image with words. A slider below it goes through the days, by touch or
 * arrow keys, and tells each; whoever draws it puts a table beside it. Loaded with the screen
 * that shows it, so it stands in no index. Must not know what is measured or by which rules.
 */
import { scaleLinear, scaleUtc } from "d3-scale";
import { curveStep, line } from "d3-shape";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { locale } from "../i18n";
import { placeNames } from "./chart-names";
import "./time-chart.css";

type Line = readonly (number | null)[];

/** A line across the chart, as wide as its days: how it looks and what it is called. */
export interface ChartLine {
  look: "centre" | "upper" | "lower" | "aim";
  words: string;
  /** The same without its value. */
  name: string;
  values: Line;
}

export interface TimeChartProps {
  /** What the picture shows, as a screen reader says it. */
  label: string;
  /** `2026-11-22`, in order. */
  days: readonly string[];
  values: Line;
  lines: readonly ChartLine[];
  /** Places of days that stand out, drawn in another shape. */
  marked: ReadonlySet<number>;
  /** Place of a day to the number of its note in the list beside the chart. */
  notes: ReadonlyMap<number, number>;
  unit: string;
  format: (value: number) => string;
  /** One day in words. */
  tell: (at: number) => string;
  /** What the slider is called. */
  walk: string;
}

const TOP = 28;
const BOTTOM = 30;
const RIGHT = 10;
/** A digit is so wide, in parts of the size of the page's type; it is larger for some. */
const LETTER = 0.5;

/** How wide there is room, followed as the window changes. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(340);
  const [letter, setLetter] = useState(8);
  useLayoutEffect(() => {
    const measured = frame.current!;
    const follow = () => {
      setWidth(Math.max(260, measured.clientWidth));
      setLetter(LETTER * parseFloat(getComputedStyle(document.documentElement).fontSize));
    };
    follow();
    const watcher = new ResizeObserver(follow);
    watcher.observe(measured);
    return () => watcher.disconnect();
  }, []);
  return { frame, width, letter };
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function scales(props: TimeChartProps, width: number, height: number, letter: number) {
  const { days, values, lines, format } = props;
  const all = [values, ...lines.map((each) => each.values)].flat();
  const known = all.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = low === high ? Math.abs(low) * 0.1 || 1 : 0;
  const y = scaleLinear([low - room, high + room], [height - BOTTOM, TOP]).nice(4);
  const ticks = y.ticks(4);
  const left = 12 + letter * Math.max(...ticks.map((tick) => format(tick).length));
  const [first, last] = [dateOf(days[0]!), dateOf(days.at(-1)!)];
  const x = scaleUtc([first, last], [left + 8, width - RIGHT - 8]);
  const place = (at: number) => (days.length === 1 ? (left + width) / 2 : x(dateOf(days[at]!)));
  return { x, y, ticks, left, place };
}

function dayFormat(days: readonly string[]): Intl.DateTimeFormat {
  const years = dateOf(days.at(-1)!).getTime() - dateOf(days[0]!).getTime();
  const isLong = years > 300 * 86_400_000;
  const style = isLong ? { month: "short", year: "2-digit" } : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(locale.value, {
    ...(style as Intl.DateTimeFormatOptions),
    timeZone: "UTC",
  });
}

type Scales = ReturnType<typeof scales>;

function Axes({ props, scale, width, height }: AxesProps) {
  const { x, y, ticks, left } = scale;
  const days = dayFormat(props.days);
  const dates =
    props.days.length === 1 ? [dateOf(props.days[0]!)] : x.ticks(Math.floor(width / 90));
  const at = (date: Date) => (props.days.length === 1 ? scale.place(0) : x(date));
  return (
    <g class="chart-axes">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick)} dy="0.32em" text-anchor="end">
            {props.format(tick)}
          </text>
        </g>
      ))}
      {dates.map((date) => (
        <text key={date.getTime()} x={at(date)} y={height - 8} text-anchor="middle">
          {days.format(date)}
        </text>
      ))}
      {props.unit && (
        <text x={0} y={13}>
          {props.unit}
        </text>
      )}
    </g>
  );
}

interface AxesProps {
  props: TimeChartProps;
  scale: Scales;
  width: number;
  height: number;
}

interface NamesProps extends AxesProps {
  letter: number;
}

function path(values: Line, { place, y }: Scales, stepped = false): string {
  const drawn = line<number | null>()
    .defined((value) => value !== null)
    .x((_, at) => place(at))
    .y((value) => y(value!));
  return (stepped ? drawn.curve(curveStep) : drawn)(values) ?? "";
}

const DIAMOND = "M0-7.5L7.5 0L0 7.5L-7.5 0Z";

/** Lower than the days beside it: its note stands below, where no line is. */
function isValley(values: Line, at: number): boolean {
  const here = values[at] ?? 0;
  const beside = [values[at - 1] ?? here, values[at + 1] ?? here];
  return beside.reduce((total, value) => total + value, 0) / 2 > here;
}

function Points({ props, scale, at }: { props: TimeChartProps; scale: Scales; at: number | null }) {
  const isCrowded = props.days.length > 60;
  return (
    <g>
      {props.values.map((value, place) => {
        if (value === null) return null;
        const [x, y] = [scale.place(place), scale.y(value)];
        const note = props.notes.get(place);
        const isMarked = props.marked.has(place);
        return (
          <g key={place} transform={`translate(${x} ${y})`}>
            {at === place && <circle class="chart-here" r={11} />}
            {isMarked && <path class="chart-marked" d={DIAMOND} />}
            {!isMarked && !isCrowded && <circle class="chart-point" r={3.5} />}
            {note !== undefined && (
              <text
                class="chart-note"
                y={isValley(props.values, place) ? 24 : -12}
                text-anchor="middle"
              >
                {note}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** The two limits by name, each at its line: colour and dash are not all that tells them apart. */
function LimitNames({ props, scale, width, height, letter }: NamesProps) {
  const limits = props.lines.filter(({ look }) => look === "upper" || look === "lower");
  const others = props.lines.filter((each) => !limits.includes(each));
  const placed = (values: Line) =>
    values.map((value, at) =>
      value === null ? null : ([scale.place(at), scale.y(value)] as const),
    );
  const ends = placeNames(
    limits.map(({ look, name, values }) => ({
      path: placed(values),
      width: letter * name.length,
      above: look === "upper",
    })),
    [props.values, ...others.map(({ values }) => values)].map(placed),
    { left: scale.left, right: width - RIGHT, top: 0, bottom: height - BOTTOM },
  );
  return (
    <g>
      {limits.map(({ look, name }, at) => {
        const end = ends[at];
        if (!end) return null;
        return (
          <text key={look} class="chart-name" x={end[0]} y={end[1]} text-anchor="end">
            {name}
          </text>
        );
      })}
    </g>
  );
}

function Legend({ lines }: { lines: readonly ChartLine[] }) {
  return (
    <ul class="chart-legend">
      {lines.map(({ look, words }) => (
        <li key={words}>
          <svg width="26" height="8" aria-hidden="true">
            <path class="chart-line" data-look={look} d="M0 4H26" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

function nearest(scale: Scales, count: number, x: number): number {
  let best = 0;
  for (let at = 1; at < count; at += 1) {
    if (Math.abs(scale.place(at) - x) < Math.abs(scale.place(best) - x)) best = at;
  }
  return best;
}

/** Wants one day at least. */
export function TimeChart(props: TimeChartProps) {
  const { frame, width, letter } = useWidth();
  const [chosen, setAt] = useState<number | null>(null);
  const last = props.days.length - 1;
  const at = chosen === null ? null : Math.min(chosen, last);
  const height = Math.round(Math.min(380, Math.max(240, width * 0.5)));
  const scale = scales(props, width, height, letter);
  return (
    <div class="chart keep-together" ref={frame}>
      <svg
        class="chart-picture"
        role="img"
        aria-label={props.label}
        viewBox={`0 0 ${width} ${height}`}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setAt(
            nearest(scale, props.days.length, ((event.clientX - box.left) / box.width) * width),
          );
        }}
      >
        <Axes props={props} scale={scale} width={width} height={height} />
        {props.lines.map(({ look, words, values }) => (
          <path
            key={words}
            class="chart-line"
            data-look={look}
            d={
              props.days.length === 1
                ? ""
                : path(values, scale, look === "upper" || look === "lower")
            }
          />
        ))}
        <path class="chart-line" data-look="values" d={path(props.values, scale)} />
        <LimitNames props={props} scale={scale} width={width} height={height} letter={letter} />
        <Points props={props} scale={scale} at={at} />
      </svg>
      <Legend lines={props.lines} />
      <div class="chart-walk no-print">
        <input
          type="range"
          min={0}
          max={last}
          value={at ?? last}
          aria-label={props.walk}
          aria-valuetext={props.tell(at ?? last)}
          onInput={(event) => setAt(Number(event.currentTarget.value))}
        />
        <span class="soft label" aria-hidden="true">
          {props.walk}
        </span>
        <p class="label" aria-hidden="true">
          {props.tell(at ?? last)}
        </p>
      </div>
    </div>
  );
}
