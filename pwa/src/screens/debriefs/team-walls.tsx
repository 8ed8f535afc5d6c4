/**
 * Before there is one wall: each team groups its own cards on its own wall, then everybody
 * walks from wall to wall in silence and only looks. A number stands on none of them.
 */
import { useState } from "preact/hooks";
import { Button, Choice, Empty } from "../../components";
import { t } from "../../i18n";
import type { Board, TeamCards } from "./board";
import { Wall } from "./wall";
import { WallCards } from "./wall-card";
import { ReadGroup } from "./wall-group";
import { teamsWithWalls, teamWall, type WallView } from "./walls";

/** Whoever leads may stand at any team's wall: a debrief can be on one device alone. */
export function OwnWalls({ board }: { board: Board }) {
  const teams = teamsWithWalls(board).filter((team) => team.mine || board.mayLead);
  const [chosen, setChosen] = useState<string | null>(null);
  const at = teams.find(({ id }) => id === chosen) ?? teams.find(({ mine }) => mine) ?? teams[0];
  if (!at) return <GalleryWalk board={board} />;
  return (
    <div class="own-walls stack-wide">
      {teams.length > 1 && (
        <Choice
          label={t("debriefs.whose_wall")}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={at.id}
          onChange={setChosen}
        />
      )}
      <Wall key={at.id} wall={teamWall(board, at)} />
    </div>
  );
}

/** Own wall last: what others put together is seen first. */
function inTurn(teams: TeamCards[]): TeamCards[] {
  const own = teams.findIndex(({ mine }) => mine);
  return own < 0 ? teams : [...teams.slice(own + 1), ...teams.slice(0, own + 1)];
}

function Hung({ title, cards }: { title: string; cards: WallView["cards"] }) {
  if (cards.length === 0) return null;
  return (
    <section class="wall-group" aria-label={title}>
      <h3 class="wall-group-name">{title}</h3>
      <WallCards cards={cards} hold={null} />
    </section>
  );
}

function WallToLookAt({ wall }: { wall: WallView }) {
  return (
    <div class="wall wall-grid">
      {wall.piles
        .filter(({ cards }) => cards.length > 0)
        .map((pile) => (
          <ReadGroup key={pile.id} pile={pile} cards={pile.cards} />
        ))}
      <Hung title={t("debriefs.fits_nowhere")} cards={wall.apart} />
      <Hung title={t("debriefs.not_grouped")} cards={wall.loose} />
    </div>
  );
}

export function GalleryWalk({ board }: { board: Board }) {
  const walls = inTurn(teamsWithWalls(board));
  const [at, setAt] = useState(0);
  const team = walls[at % Math.max(1, walls.length)];
  if (!team) return <Empty>{t("debriefs.wall_empty")}</Empty>;
  const next = walls[(at + 1) % walls.length]!;
  const before = walls[(at + walls.length - 1) % walls.length]!;
  const isLast = at % walls.length === walls.length - 1;
  const go = (to: TeamCards) => setAt(walls.indexOf(to));
  return (
    <div class="stack-wide">
      <div class="gallery-head">
        <h2 aria-live="polite">{t("debriefs.wall_of", { team: team.name })}</h2>
        <div class="cluster">
          {walls.length > 2 && (
            <Button icon="back" onPress={() => go(before)}>
              {t("debriefs.wall_before")}
            </Button>
          )}
          <Button look={isLast ? "plain" : "primary"} icon="forward" onPress={() => go(next)}>
            {t("debriefs.next_wall")}
          </Button>
        </div>
      </div>
      <WallToLookAt wall={teamWall(board, team)} />
    </div>
  );
}
