/**
 * The debrief: phases that a network goes through in order (rule 4).
 *
 * A network may go back to any phase. It may not skip one: a pattern that nobody described
 * is only an opinion. Twin of server/domain/debriefs.py; both run tests/vectors/debriefs.json.
 */
import { PHASES, type Phase } from "../generated/records";

export interface TeamFacts {
  name: string;
  posted: number;
  agreed: number;
  /** The room went on without it, and no phase waits for it any more. */
  late?: boolean;
}

export interface DebriefFacts {
  /**
   * One entry a team that visited: cards not read yet, and cards agreed on. Null where whoever
   * asks is not told which team a card comes from (rule 15): people are asked then.
   */
  teams: readonly TeamFacts[] | null;
  patternCount: number;
  predictionCount: number;
  sealed: boolean;
}

/** Why a phase cannot open yet: a message's key under `debriefs.`, and whom it names. */
export interface Hindrance {
  reason:
    | "ask_teams"
    | "teams_reading"
    | "teams_without_cards"
    | "no_cards"
    | "no_patterns"
    | "no_predictions"
    | "not_sealed";
  teams: readonly string[];
}

/** What stands between the present phase and the next; nothing when it may open. */
export function hindranceTo(wanted: Phase, facts: DebriefFacts): Hindrance | null {
  if (wanted === "analyze") return hindranceToAnalyze(facts);
  if (wanted === "predict" && facts.patternCount === 0) return { reason: "no_patterns", teams: [] };
  if (wanted === "next_level") {
    if (facts.predictionCount === 0) return { reason: "no_predictions", teams: [] };
    if (!facts.sealed) return { reason: "not_sealed", teams: [] };
  }
  return null;
}

/**
 * Whether the round's next-level items count in a summary or an export. They may lie beside
 * predictions that nobody sealed: two tablets were apart, or an older app wrote them.
 */
export function countsNextLevel(facts: DebriefFacts): boolean {
  return hindranceTo("next_level", facts) === null;
}

/**
 * Whether the wall is told to everybody as it is, and no more as it stood when a step began.
 * Twin of server/domain/veil.py.
 */
export function tellsWallAsItIs(
  debrief: { phase?: string | null; closed_at?: string | null } | undefined,
): boolean {
  return debrief?.phase === "next_level" || Boolean(debrief?.closed_at);
}

/** Whether analysis waits for a team: it has not agreed on its cards, and nobody went on without. */
export function isWaitedFor({ posted, agreed, late }: TeamFacts): boolean {
  return !late && (posted > 0 || agreed === 0);
}

/** Each team has agreed on its cards, or the room went on without it; and there is a card. */
function hindranceToAnalyze({ teams }: DebriefFacts): Hindrance | null {
  if (teams === null) return { reason: "ask_teams", teams: [] };
  const waitedFor = teams.filter(isWaitedFor);
  const named = (which: (team: TeamFacts) => boolean) =>
    waitedFor.filter(which).map((team) => team.name);
  const reading = named((team) => team.posted > 0);
  if (reading.length > 0) return { reason: "teams_reading", teams: reading };
  if (teams.every((team) => team.agreed === 0)) return { reason: "no_cards", teams: [] };
  const without = named((team) => team.agreed === 0);
  return without.length > 0 ? { reason: "teams_without_cards", teams: without } : null;
}

/**
 * Whose cards a team reads in the cross-check: the next team's, and the last the first's.
 * `teams` are those with agreed cards, in their order; alone, a team has nobody to check.
 */
export function teamToCheck(teams: readonly string[], own: string): string | null {
  const at = teams.indexOf(own);
  if (at < 0 || teams.length < 2) return null;
  return teams[(at + 1) % teams.length]!;
}

/** Whether a debrief that is in one phase may be in another next: one on, or any number back. */
export function mayEnter(current: Phase, wanted: Phase, facts: DebriefFacts): boolean {
  const step = PHASES.indexOf(wanted) - PHASES.indexOf(current);
  return step <= 0 || (step === 1 && hindranceTo(wanted, facts) === null);
}

/** The phase after this one, or null after the last. */
export function nextPhase(current: Phase): Phase | null {
  return PHASES[PHASES.indexOf(current) + 1] ?? null;
}

/** Whether people may look at a phase: the present one and those before it. */
export function isReached(current: Phase, phase: Phase): boolean {
  return PHASES.indexOf(phase) <= PHASES.indexOf(current);
}
