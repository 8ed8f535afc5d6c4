/** Cards that came after their team had agreed: they wait here for the team to read them. */
import { Section } from "../../components";
import { t } from "../../i18n";
import type { Board } from "./board";
import { CardInHand, nextToRead } from "./read-and-agree";

export function LateTray({ board }: { board: Board }) {
  const waiting = board.teams.filter((team) => team.mine && team.posted.length > 0);
  if (waiting.length === 0) return null;
  return (
    <div class="late-tray">
      <Section title={t("debriefs.late_tray")}>
        <p class="soft">{t("debriefs.late_lead")}</p>
        {waiting.map((team) => {
          const card = nextToRead(team);
          const left = team.posted.length;
          return card && <CardInHand key={card.id} {...{ board, card, left }} />;
        })}
      </Section>
    </div>
  );
}
