/**
 * Identity leaks: names, titles with names, room numbers and clock times in a text (rule 1, 3).
 *
 * Finds candidates and proposes what may stand instead; a person decides. It must not change
 * a text by itself, and keeps nothing.
 */

export type IdentitySort = "person" | "room" | "clock";

/** A candidate. `replacement` stands in square brackets: `[the teacher]`. */
export interface IdentityFinding {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly sort: IdentitySort;
  readonly replacement: string;
}
