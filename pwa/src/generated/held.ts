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
  /** Whether it is deleted some days after its round's debrief. */
  readonly goes: boolean;
}

export const HELD: readonly Held[] = [
  { kind: "reader", scope: "own", showsAuthor: false, goes: false },
  { kind: "reading", scope: "visitors", showsAuthor: false, goes: false },
  { kind: "debrief", scope: "round", showsAuthor: false, goes: false },
  { kind: "dot", scope: "visitors", showsAuthor: false, goes: false },
  { kind: "late_team", scope: "visitors", showsAuthor: false, goes: false },
  { kind: "group", scope: "round", showsAuthor: false, goes: false },
  { kind: "team_group", scope: "visitors", showsAuthor: false, goes: false },
  { kind: "team_place", scope: "visitors", showsAuthor: false, goes: false },
  { kind: "prediction", scope: "round", showsAuthor: false, goes: false },
  { kind: "observation", scope: "own", showsAuthor: false, goes: true },
  { kind: "note", scope: "own", showsAuthor: false, goes: true },
  { kind: "card", scope: "round", showsAuthor: false, goes: false },
  { kind: "card_source", scope: "visitors", showsAuthor: true, goes: false },
  { kind: "next_level_item", scope: "round", showsAuthor: false, goes: false },
  { kind: "commitment", scope: "own", showsAuthor: false, goes: false },
  { kind: "reflective_question", scope: "round", showsAuthor: false, goes: false },
  { kind: "norm_check", scope: "round", showsAuthor: false, goes: false },
  { kind: "return_summary", scope: "round", showsAuthor: false, goes: false },
  { kind: "revisit", scope: "round", showsAuthor: false, goes: false },
  { kind: "pattern_now", scope: "round", showsAuthor: false, goes: false },
  { kind: "measure", scope: "network", showsAuthor: false, goes: false },
  { kind: "measure_point", scope: "network", showsAuthor: false, goes: false },
  { kind: "district", scope: "network", showsAuthor: false, goes: false },
  { kind: "school", scope: "network", showsAuthor: false, goes: false },
  { kind: "member", scope: "network", showsAuthor: false, goes: false },
  { kind: "framework", scope: "network", showsAuthor: false, goes: false },
  { kind: "standard", scope: "network", showsAuthor: false, goes: false },
  { kind: "pattern", scope: "round", showsAuthor: false, goes: false },
  { kind: "saved_view", scope: "own", showsAuthor: false, goes: false },
  { kind: "regular_file", scope: "own", showsAuthor: false, goes: false },
  { kind: "round", scope: "round", showsAuthor: false, goes: false },
  { kind: "participant", scope: "round", showsAuthor: false, goes: false },
  { kind: "problem_of_practice", scope: "round", showsAuthor: true, goes: false },
  { kind: "theory_of_action", scope: "round", showsAuthor: true, goes: false },
  { kind: "focus_question", scope: "round", showsAuthor: false, goes: false },
  { kind: "norm", scope: "round", showsAuthor: false, goes: false },
  { kind: "norms_agreement", scope: "round", showsAuthor: false, goes: false },
  { kind: "classroom", scope: "round", showsAuthor: false, goes: false },
  { kind: "team", scope: "round", showsAuthor: false, goes: false },
  { kind: "slot", scope: "round", showsAuthor: false, goes: false },
  { kind: "step", scope: "round", showsAuthor: false, goes: false },
  { kind: "template", scope: "network", showsAuthor: false, goes: false },
  { kind: "template_step", scope: "network", showsAuthor: false, goes: false },
  { kind: "step_note", scope: "visitors", showsAuthor: false, goes: false },
];
