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
  /** What whoever leads presses to do it here. */
  doHere: (team: TeamCards) => string;
  /** What stands above the teams already. */
  title?: string;
}

type OthersProps = Omit<Props, "part"> & { onDo: (team: string) => void };

function Others({ board, teams, about, hasPart, doHere, title, onDo }: OthersProps) {
  const whose = board.teams.some(({ mine }) => mine)
    ? "debriefs.other_teams"
    : "debriefs.the_teams";
  const rows = (
    <List label={title ?? t(whose)}>
      {teams.map((team) => (
        <Row
          key={team.id}
          title={team.name}
          detail={about?.(team)}
          end={
            hasPart(team) && (
              <Button look="quiet" onPress={() => onDo(team.id)}>
                {doHere(team)}
              </Button>
            )
          }
        />
      ))}
    </List>
  );
  return title ? rows : <Section title={t(whose)}>{rows}</Section>;
}

export function EachTeam({ board, teams, part, ...told }: Props) {
  const [doneFor, setDoneFor] = useState<string | null>(null);
  const here = board.mayLead && teams.find(({ id }) => id === doneFor);
  if (here) {
    return (
      <div class="stack-wide">
        {part(here)}
        <div>
          <Button look="quiet" icon="back" onPress={() => setDoneFor(null)}>
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
        <Others board={board} teams={others} onDo={setDoneFor} {...told} />
      )}
    </div>
  );
}
