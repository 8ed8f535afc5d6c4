/** How long notes are kept, in words: the same on every page that says it. */
import { formatDate, localToday, t } from "../../i18n";
import { record } from "../../state";
import { schoolName } from "../names";

const A_WEEK = 7;

/** When they go, and how their author hears of it. */
export function HowLong({ days }: { days: number }) {
  return (
    <>
      <p>{days === 0 ? t("retention.goes_that_night") : t("retention.goes", { count: days })}</p>
      <p>{t(days < A_WEEK ? "retention.told_at_once" : "retention.told")}</p>
    </>
  );
}

/** A round by its title where one holds it; else by its host school, which all may know. */
export function roundName(id: string, hostSchoolId?: string | null): string {
  const title = record("round", id).value?.fields.title;
  return title || schoolName(hostSchoolId) || t("retention.a_round");
}

export function keptThrough(day: string): string {
  return t("retention.kept_through", { date: formatDate(day, "short") });
}

/** The day of a moment, by this tablet's calendar. */
export function dayOf(moment: string): string {
  return formatDate(localToday(new Date(moment)), "short");
}
