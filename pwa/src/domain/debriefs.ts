/**
 * The debrief: phases that a network goes through in order (rule 4).
 *
 * A network may go back to any phase. It may not skip one: a pattern that nobody described
 * is only an opinion. Twin of server/domain/debriefs.py.
 */
import { PHASES, type Phase } from "../generated/records";

export interface DebriefFacts {
  /** One entry a team: cards not read yet, and cards agreed on. */
  teams: readonly { name: string; posted: number; agreed: number }[];
  patternCount: number;
  predictionCount: number;
  sealed: boolean;
}

/** Why a phase cannot open yet: a message's key under `debriefs.`, and whom it names. */
export interface Hindrance {
  reason: "teams_reading" | "no_cards" | "no_patterns" | "no_predictions" | "not_sealed";
  teams: readonly string[];
}

/** What stands between the present phase and the next; nothing when it may open. */
export function hindranceTo(wanted: Phase, facts: DebriefFacts): Hindrance | null {
  if (wanted === "analyze") {
    const reading = facts.teams.filter((team) => team.posted > 0).map((team) => team.name);
    if (reading.length > 0) return { reason: "teams_reading", teams: reading };
    if (facts.teams.every((team) => team.agreed === 0)) return { reason: "no_cards", teams: [] };
  }
  if (wanted === "predict" && facts.patternCount === 0) return { reason: "no_patterns", teams: [] };
  if (wanted === "next_level") {
    if (facts.predictionCount === 0) return { reason: "no_predictions", teams: [] };
    if (!facts.sealed) return { reason: "not_sealed", teams: [] };
  }
  return null;
}

/** The phase after this one, or null after the last. */
export function nextPhase(current: Phase): Phase | null {
  return PHASES[PHASES.indexOf(current) + 1] ?? null;
}

/** Whether people may look at a phase: the present one and those before it. */
export function isReached(current: Phase, phase: Phase): boolean {
  return PHASES.indexOf(phase) <= PHASES.indexOf(current);
}
