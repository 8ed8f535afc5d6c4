/**
 * The question beside a line, fetched once the field is there: its lists of words are a
 * quarter of all that a visit needs, and the field must not wait for them.
 */
import { signal } from "@preact/signals";
import { loadAllWords } from "../../i18n";
import type { NudgeQuestion } from "./nudge-question";

export const question = signal<typeof NudgeQuestion | null>(null);

/** Fetch it and what it says; where that fails, no question is asked until the visit is opened again. */
export async function fetchQuestion(): Promise<void> {
  try {
    const [{ NudgeQuestion }] = await Promise.all([import("./nudge-question"), loadAllWords()]);
    question.value = NudgeQuestion;
  } catch {
    question.value = null;
  }
}
