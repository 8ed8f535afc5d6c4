/** What the rules of the phases ask of a debrief: which phase may be entered, and what is missing. */
import { isWaitedFor, type DebriefFacts, type TeamFacts } from "../../domain/debriefs";
import type { Board, TeamCards } from "./board";
import { missingFrom } from "./pattern-list";

function visited(team: TeamCards): boolean {
  return team.memberCount > 0 || team.posted.length > 0;
}

function factsOfTeam({ name, posted, agreed, late }: TeamCards): TeamFacts {
  return { name, posted: posted.length, agreed: agreed.length, late };
}

/** Teams that analysis waits for; none where whoever asks is not told of teams. */
export function teamsWaitedFor(board: Board): TeamCards[] {
  if (!board.maySeeSources) return [];
  return board.teams.filter((team) => visited(team) && isWaitedFor(factsOfTeam(team)));
}

export function factsOf(board: Board): DebriefFacts {
  return {
    teams: board.maySeeSources ? board.teams.filter(visited).map(factsOfTeam) : null,
    patternCount: board.patterns.filter((each) => missingFrom(board, each).length === 0).length,
    predictionCount: board.predictions.filter((each) => each.fields.agreed).length,
    sealed: Boolean(board.debrief?.sealed_at),
  };
}
