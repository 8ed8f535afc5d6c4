/**
 * The question beside a line, fetched once the field is there: its lists of words are a
 * quarter of all that a visit needs, and the field must not wait for them.
 */
import { signal } from "@preact/signals";
import type { NudgeQuestion } from "./nudge-question";

export const question = signal<typeof NudgeQuestion | null>(null);

/** Fetch it; where that fails, no question is asked until the visit is opened again. */
export async function fetchQuestion(): Promise<void> {
  try {
    question.value = (await import("./nudge-question")).NudgeQuestion;
  } catch {
    question.value = null;
  }
}
