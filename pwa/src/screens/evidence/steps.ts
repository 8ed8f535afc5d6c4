/** The four steps of Review, and what each is given. */
import type { NoteView } from "./own-notes";

export const STEPS = ["sort", "questions", "choose", "post"] as const;
export type Step = (typeof STEPS)[number];

export interface StepProps {
  round: string;
  /** The own notes of the round that hold any word. */
  notes: readonly NoteView[];
  onGo: (step: Step) => void;
}
