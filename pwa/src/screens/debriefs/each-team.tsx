/**
 * A step that each team does on its own tablets; whoever leads may do a team's part here, since
 * this tablet may be the only one that has the cards.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, List, Row, Section } from "../../components";
import { t } from "../../i18n";
import type { Board, TeamCards } from "./board";

interface Props {
  board: Board;
  teams: readonly TeamCards[];
  part: (team: TeamCards) => JSX.Element;
  /** How far a team is, to whoever leads. */
  about?: (team: TeamCards) => string;
  /** Whether a team has something to do now. */
  hasPart: (team: TeamCards) => boolean;
}

type OthersProps = Omit<Props, "part"> & { onRead: (team: string) => void };

function Others({ board, teams, about, hasPart, onRead }: OthersProps) {
  const title = t(
    board.teams.some(({ mine }) => mine) ? "debriefs.other_teams" : "debriefs.the_teams",
  );
  return (
    <Section title={title}>
      <List label={title}>
        {teams.map((team) => (
          <Row
            key={team.id}
            title={team.name}
            detail={about?.(team)}
            end={
              hasPart(team) && (
                <Button look="quiet" onPress={() => onRead(team.id)}>
                  {t("handing.read_for", { team: team.name })}
                </Button>
              )
            }
          />
        ))}
      </List>
    </Section>
  );
}

export function EachTeam({ board, teams, part, ...told }: Props) {
  const [readFor, setReadFor] = useState<string | null>(null);
  const here = board.mayLead && teams.find(({ id }) => id === readFor);
  if (here) {
    return (
      <div class="stack-wide">
        {part(here)}
        <div>
          <Button look="quiet" icon="back" onPress={() => setReadFor(null)}>
            {t("handing.back_to_teams")}
          </Button>
        </div>
      </div>
    );
  }
  const others = teams.filter(({ mine }) => !mine);
  return (
    <div class="stack-wide">
      {teams.filter(({ mine }) => mine).map(part)}
      {board.mayLead && others.length > 0 && (
        <Others board={board} teams={others} onRead={setReadFor} {...told} />
      )}
    </div>
  );
}
