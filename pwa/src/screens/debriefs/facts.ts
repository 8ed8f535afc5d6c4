/** What the rules of the phases ask of a debrief: which phase may be entered, and what is missing. */
import type { DebriefFacts } from "../../domain/debriefs";
import type { Board } from "./board";
import { missingFrom } from "./pattern-list";

function teamsOf(board: Board) {
  return board.teams
    .filter((team) => team.memberCount > 0 || team.posted.length > 0)
    .map((team) => ({
      name: team.name,
      posted: team.posted.length,
      agreed: team.agreed.length,
    }));
}

export function factsOf(board: Board): DebriefFacts {
  return {
    teams: board.maySeeSources ? teamsOf(board) : null,
    patternCount: board.patterns.filter((each) => missingFrom(board, each).length === 0).length,
    predictionCount: board.predictions.filter((each) => each.fields.agreed).length,
    sealed: Boolean(board.debrief?.sealed_at),
  };
}
