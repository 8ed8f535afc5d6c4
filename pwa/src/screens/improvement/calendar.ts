/** Give the person a file for their own calendar. */
import { calendarFile, type CalendarEntry } from "../../domain/improvement";

export function saveCalendar(name: string, entry: Omit<CalendarEntry, "madeAt">): void {
  const text = calendarFile({ ...entry, madeAt: new Date().toISOString() });
  const address = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.ics`;
  link.click();
  URL.revokeObjectURL(address);
}
