/**
 * Dates and times as the person's locale writes them.
 *
 * A local date (`2026-11-22`) and a local time (`09:05`) belong to the host's calendar and
 * are shown as they stand: they are never moved between time zones. A moment (UTC) is shown
 * in the device's own zone.
 */
import { locale } from "./language";

const DATE_STYLES = {
  long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  medium: { weekday: "short", month: "short", day: "numeric" },
  short: { month: "short", day: "numeric", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function asUtc(date: string, time = "00:00"): Date {
  return new Date(`${date}T${time}:00Z`);
}

/** `2026-11-22` -> "Sunday, November 22, 2026"; a malformed date reads as it came. */
export function formatDate(date: string, style: keyof typeof DATE_STYLES = "long"): string {
  const day = asUtc(date);
  if (Number.isNaN(day.getTime())) return date;
  const options = { ...DATE_STYLES[style], timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale.value, options).format(day);
}

/** `09:05` -> "9:05 AM" or "9:05", as the locale has it. */
export function formatTime(time: string): string {
  const moment = asUtc("2000-01-01", time);
  if (Number.isNaN(moment.getTime())) return time;
  const options = { timeStyle: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale.value, options).format(moment);
}

/** `09:05`, 20 -> "9:05 – 9:25 AM". */
export function formatTimeRange(begins: string, minutes: number): string {
  const from = asUtc("2000-01-01", begins);
  if (Number.isNaN(from.getTime())) return begins;
  const to = new Date(from.getTime() + minutes * 60_000);
  const options = { timeStyle: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale.value, options).formatRange(from, to);
}

/** A moment in UTC, with date and time, in the device's zone. */
export function formatMoment(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(
    at,
  );
}

/** The time alone of a moment that is soon, in the device's zone. */
export function formatClock(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return new Intl.DateTimeFormat(locale.value, { timeStyle: "short" }).format(at);
}

/** "3 minutes ago", "yesterday", "in 2 weeks": how far a moment is from `now`. */
export function formatAgo(moment: string, now: number = Date.now()): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) return moment;
  const relative = new Intl.RelativeTimeFormat(locale.value, { numeric: "auto" });
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  return relative.format(Math.trunc(seconds / length), unit);
}

/** Today on the device's calendar, as `2026-11-22`. */
export function localToday(now: Date = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
