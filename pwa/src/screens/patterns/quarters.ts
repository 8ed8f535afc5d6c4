/** The quarters of a year in which days lie: the server reads whole ones alone. */

/** `2026-11-22` -> `2026-10-01`. */
function beginOf(day: string): string {
  const month = Number(day.slice(5, 7));
  const first = month - ((month - 1) % 3);
  return `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
}

/** `2026-11-22` -> `2026-12-31`. */
function endOf(day: string): string {
  const [year, month] = beginOf(day).split("-").map(Number);
  return new Date(Date.UTC(year!, month! + 2, 0)).toISOString().slice(0, 10);
}

function isDay(day: string | null | undefined): day is string {
  return !!day && /^\d{4}-\d{2}-\d{2}$/.test(day);
}

interface Days {
  begins_on?: string | null | undefined;
  ends_on?: string | null | undefined;
}

/** The first and the last day that are read of these; null where none was asked for. */
export function inWholeQuarters({ begins_on, ends_on }: Days) {
  return {
    begins_on: isDay(begins_on) ? beginOf(begins_on) : null,
    ends_on: isDay(ends_on) ? endOf(ends_on) : null,
  };
}
