/**
 * Cards that came after their team had agreed, or that the room went on without: they wait here
 * for the team to read them.
 */
import { Section } from "../../components";
import { t } from "../../i18n";
import { isClosed, type Board, type TeamCards } from "./board";
import { NotAgreedOn } from "./closed-cards";
import { EachTeam } from "./each-team";
import { CardInHand, howFar, nextToRead } from "./read-and-agree";

function Waiting({ board, team }: { board: Board; team: TeamCards }) {
  const card = nextToRead(team);
  return card ? <CardInHand {...{ board, team, card }} /> : <></>;
}

export function LateTray({ board }: { board: Board }) {
  if (isClosed(board)) return <NotAgreedOn board={board} />;
  const waiting = board.teams.filter((team) => team.posted.length > 0);
  const isOurs = waiting.some(({ mine }) => mine);
  if (waiting.length === 0 || !(isOurs || board.mayLead)) return null;
  return (
    <div class="late-tray">
      <Section title={t("debriefs.late_tray")}>
        <p class="soft">{t(isOurs ? "debriefs.late_lead" : "debriefs.late_of_others")}</p>
        <EachTeam
          board={board}
          teams={waiting}
          part={(team) => <Waiting key={team.id} board={board} team={team} />}
          about={howFar}
          hasPart={() => true}
          doHere={({ name }) => t("handing.read_for", { team: name })}
          title={t("debriefs.late_tray")}
        />
      </Section>
    </div>
  );
}
