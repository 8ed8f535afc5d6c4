/** What a file or a print of patterns was asked for, in words. */
import { formatDate, isKey, t } from "../../i18n";
import type { QuestionAsked } from "./api";
import { inWholeQuarters } from "./quarters";

/** questions: those that may be read, by whose words the one that was asked for is told. */
export function askedWords(
  filter: Readonly<Record<string, string | null>>,
  questions: readonly QuestionAsked[] = [],
): string {
  const lists = {
    about: "pattern_subject",
    element: "core_element",
    grade_band: "grade_band",
    subject: "school_subject",
    context: "program_context",
    rooms: "room_to_room",
  } as const;
  const words = Object.entries(lists).flatMap(([name, list]) => {
    const key = `vocabulary.${list}.${filter[name] ?? ""}`;
    return isKey(key) ? [t(key)] : [];
  });
  if (filter["question"]) {
    const asked = questions.find(({ id }) => id === filter["question"]);
    words.push(asked?.words ?? t("exports.filter.some_question"));
  }
  if (filter["words"]) words.push(t("exports.filter.words", { words: filter["words"] }));
  const days = inWholeQuarters(filter);
  for (const name of ["begins_on", "ends_on"] as const) {
    const day = days[name];
    if (day) words.push(`${t(`patterns.${name}`)} ${formatDate(day, "short")}`);
  }
  return words.join(" · ") || t("patterns.left_everything");
}
