/**
 * What each kind of record tells of its author and where it lies, for *What we hold*.
 * Made by `python -m schemas.typescript` from schemas/; never edited by hand.
 */
import type { Kind, ScopeType } from "./records";

export interface Held {
  readonly kind: Kind;
  readonly scope: ScopeType;
  /** Whether people other than its author are told who wrote it. */
  readonly showsAuthor: boolean;
}

export const HELD: readonly Held[] = [
  { kind: "debrief", scope: "round", showsAuthor: false },
  { kind: "group", scope: "round", showsAuthor: false },
  { kind: "prediction", scope: "round", showsAuthor: false },
  { kind: "observation", scope: "own", showsAuthor: false },
  { kind: "note", scope: "own", showsAuthor: false },
  { kind: "card", scope: "round", showsAuthor: false },
  { kind: "card_source", scope: "visitors", showsAuthor: true },
  { kind: "next_level_item", scope: "round", showsAuthor: false },
  { kind: "return_summary", scope: "round", showsAuthor: false },
  { kind: "district", scope: "network", showsAuthor: false },
  { kind: "school", scope: "network", showsAuthor: false },
  { kind: "member", scope: "network", showsAuthor: false },
  { kind: "pattern", scope: "round", showsAuthor: false },
  { kind: "round", scope: "round", showsAuthor: false },
  { kind: "participant", scope: "round", showsAuthor: false },
  { kind: "problem_of_practice", scope: "round", showsAuthor: true },
  { kind: "theory_of_action", scope: "round", showsAuthor: true },
  { kind: "focus_question", scope: "round", showsAuthor: false },
  { kind: "norm", scope: "round", showsAuthor: false },
  { kind: "norms_agreement", scope: "round", showsAuthor: false },
  { kind: "classroom", scope: "round", showsAuthor: false },
  { kind: "team", scope: "round", showsAuthor: false },
  { kind: "slot", scope: "round", showsAuthor: false },
];
