/**
 * Where a team has not agreed on its cards yet: what is still to do, and the way on without it.
 * What is kept names the team and nobody in it, out of the host's sight (docs/adr/0048).
 */
import { AskFirst } from "../../components/ask-first";
import { formatList, t } from "../../i18n";
import { save } from "../../state";
import { lateId, type Board, type TeamCards } from "./board";
import { teamsWaitedFor } from "./facts";

function whatIsLeft({ name: team, posted, returned }: TeamCards): string {
  if (posted.length > 0) return t("debriefs.left.reading", { team, count: posted.length });
  return returned.length > 0
    ? t("debriefs.left.returned", { team, count: returned.length })
    : t("debriefs.left.none", { team });
}

async function goWithout(board: Board, teams: readonly TeamCards[]): Promise<void> {
  const scope = `visitors:${board.roundId}`;
  const went_on_at = new Date().toISOString();
  await Promise.all(
    teams.map(({ id }) => save("late_team", lateId(id), scope, { team: id, went_on_at })),
  );
}

/** `onGo`: what going on is, once it is kept that these teams are not there. */
export function TeamsNotThere({ board, onGo }: { board: Board; onGo: () => unknown }) {
  const teams = teamsWaitedFor(board);
  const names = formatList(teams.map(({ name }) => name));
  const go = async () => {
    await goWithout(board, teams);
    await onGo();
  };
  return (
    <>
      <p class="soft label">{teams.map(whatIsLeft).join(" ")}</p>
      {board.agreed.length > 0 && (
        <AskFirst act={t("debriefs.go_without", { teams: names })} onAct={go}>
          <p>{t("debriefs.go_without_wall")}</p>
          <p>{t("debriefs.go_without_late", { teams: names })}</p>
          <p class="soft">{t("debriefs.go_without_kept", { teams: names })}</p>
        </AskFirst>
      )}
    </>
  );
}
