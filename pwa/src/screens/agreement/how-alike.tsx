/**
 * How alike did we read it? Each team reads its own cards apart, in silence; whoever has read
 * them all sees where they are read differently, and how alike, in words.
 *
 * Never shows who read what, nor how one person reads: only words are looked at here.
 */
import { Banner, Empty, Section } from "../../components";
import { t } from "../../i18n";
import type { Board, TeamCards } from "../debriefs/board";
import { Differently } from "./differently";
import { ReadApart } from "./read-apart";
import { asksOf, finishedCount, hasFinished, readingsOf, saidOf, toRead } from "./readings";
import { SaidOfRound } from "./said";
import "./agreement.css";

function Finished({ board, team }: { board: Board; team: TeamCards }) {
  const readings = readingsOf(board);
  const finished = finishedCount(asksOf(board), toRead(team, readings), readings);
  const members = team.memberCount;
  return <p class="soft label">{t("agreement.finished_of", { finished, members })}</p>;
}

function OwnTeam({ board, team }: { board: Board; team: TeamCards }) {
  const cards = toRead(team, readingsOf(board));
  if (cards.length === 0) return <Empty>{t("agreement.no_cards")}</Empty>;
  const reads = !board.debrief?.closed_at && !hasFinished(board);
  return (
    <Section title={team.name}>
      <Finished {...{ board, team }} />
      {reads ? <ReadApart {...{ board, cards }} /> : <Differently {...{ board, cards }} />}
    </Section>
  );
}

/** Whoever reads in no team, as a lead may: all teams' cards together. */
function Everybody({ board }: { board: Board }) {
  const cards = board.teams.flatMap((team) => toRead(team, readingsOf(board)));
  return (
    <Section title={t("debriefs.the_teams")}>
      {board.teams.map((team) => (
        <div key={team.id}>
          <h3>{team.name}</h3>
          <Finished {...{ board, team }} />
        </div>
      ))}
      {saidOf(board).length > 0 && <Differently {...{ board, cards }} />}
    </Section>
  );
}

export function HowAlike({ board }: { board: Board }) {
  if (!board.maySeeSources) {
    return <Banner icon="people">{t("agreement.for_those_who_visited")}</Banner>;
  }
  const own = board.teams.filter((team) => team.mine);
  const looks = own.length === 0 || hasFinished(board) || Boolean(board.debrief?.closed_at);
  return (
    <div class="stack-wide how-alike">
      {own.map((team) => (
        <OwnTeam key={team.id} {...{ board, team }} />
      ))}
      {own.length === 0 && <Everybody board={board} />}
      {looks && <SaidOfRound board={board} />}
    </div>
  );
}
