/** Give the person a file for their own calendar. */
import { calendarFile, type CalendarEntry } from "../../domain/improvement";
import { saveFile } from "../download";

export function saveCalendar(name: string, entry: Omit<CalendarEntry, "madeAt">): void {
  const text = calendarFile({ ...entry, madeAt: new Date().toISOString() });
  saveFile(new File([text], `${name}.ics`, { type: "text/calendar" }));
}
