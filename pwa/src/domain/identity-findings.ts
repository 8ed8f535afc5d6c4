/** What a search for identity leaks is told, and what it finds. Shapes only. */
import type { Language } from "./language";

export type IdentitySort = "person" | "room" | "clock";

/** A candidate. `replacement` stands in square brackets: `[the teacher]`. */
export interface IdentityFinding {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly sort: IdentitySort;
  readonly replacement: string;
}

export interface IdentityOptions {
  readonly language: Language;
  /** When the visit began, local `09:05`, and the note's own minute: a clock time becomes one. */
  readonly beganAt?: string | null;
  readonly minute?: number | null;
  /** What stands for a name without a title, where it is not of a classroom: else a student. */
  readonly untitled?: string;
  /** Words that somebody said are no person, lower case: Lincoln in a history lesson. */
  readonly notPersons?: ReadonlySet<string>;
}
