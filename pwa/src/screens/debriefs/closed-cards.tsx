/** Cards of a closed debrief: what became of them. Nobody agrees on any until it is opened again. */
import { t } from "../../i18n";
import type { Board } from "./board";
import { CardLives } from "./card-lives";

/** How many, and of no team or person: whoever visited is told that none is lost. */
export function NotAgreedOn({ board }: { board: Board }) {
  const count = board.teams.reduce((sum, team) => sum + team.posted.length, 0);
  return count === 0 ? null : <p class="soft">{t("debriefs.closed_late", { count })}</p>;
}

export function ClosedCards({ board }: { board: Board }) {
  return (
    <div class="stack-wide">
      <p class="soft">{t("debriefs.closed_cards")}</p>
      <NotAgreedOn board={board} />
      {board.teams
        .filter(({ mine }) => mine)
        .map((team) => (
          <CardLives key={team.id} board={board} team={team} />
        ))}
    </div>
  );
}
