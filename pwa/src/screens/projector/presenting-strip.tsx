/**
 * What a lead presses while a room looks on: small, without a team's or a person's name. To
 * end takes two presses, for the next picture is the person's own.
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button } from "../../components";
import type { Hindrance } from "../../domain/debriefs";
import { neighbour } from "../../domain/runbooks";
import { t } from "../../i18n";
import { endPresenting } from "../../state";
import { boardOf, type Board } from "../debriefs/board";
import { CloseButton } from "../debriefs/closing";
import { goTo, TimeButtons, useHindrance } from "../debriefs/control-strip";
import { factsOf } from "../debriefs/facts";
import {
  currentStep,
  runbookOf,
  wordsOf,
  type Runbook,
  type RunbookStep,
} from "../debriefs/runbook-steps";

/** Which teams are not there yet is said on their own tablets; whose school hosts, on none. */
function missing({ reason }: Hindrance): string {
  if (reason === "ask_teams") return "";
  if (reason === "teams_reading" || reason === "teams_without_cards") {
    return t("presenting.teams_open");
  }
  return t(`debriefs.hindrance.${reason}`);
}

function Onward({ board }: { board: Board }) {
  const runbook = runbookOf(board.roundId);
  const current = currentStep(runbook, board.debrief);
  const next = neighbour(runbook.steps, current.id, 1);
  return (
    <>
      <TimeButtons {...{ board, runbook, current }} />
      {!board.maySeeSources && current.activity === "one_wall" && (
        <span class="soft">{t("presenting.wall_as_it_stood")}</span>
      )}
      {next ? (
        <Next {...{ board, runbook, current, next }} />
      ) : (
        <CloseButton board={board} look="quiet" />
      )}
    </>
  );
}

interface NextProps {
  board: Board;
  runbook: Runbook;
  current: RunbookStep;
  next: RunbookStep;
}

function Next({ board, runbook, current, next }: NextProps) {
  const { hindrance, asked } = useHindrance(current, next, factsOf(board));
  return (
    <>
      {asked}
      <Button
        look="quiet"
        icon="forward"
        disabled={hindrance !== null}
        onPress={() => goTo(runbook, next)}
      >
        {t("debriefs.next_step", { step: wordsOf(next).title })}
      </Button>
      {hindrance && <span class="soft">{missing(hindrance)}</span>}
    </>
  );
}

/** The debrief is what one comes back to, wherever the app was opened meanwhile. */
function Ending({ roundId, onStay }: { roundId: string; onStay: () => void }) {
  const { route } = useLocation();
  const end = () => {
    route(`/rounds/${roundId}/debrief`, true);
    return endPresenting();
  };
  return (
    <>
      <span>{t("presenting.still_seen")}</span>
      <span class="presenting-end">
        <Button look="quiet" onPress={onStay}>
          {t("presenting.stay")}
        </Button>
        <Button look="quiet" onPress={end}>
          {t("presenting.not_seen")}
        </Button>
      </span>
    </>
  );
}

export function PresentingStrip({ roundId }: { roundId: string }) {
  const [ending, setEnding] = useState(false);
  const board = boardOf(roundId);
  const leads = board.mayLead && board.debrief?.phase && !board.debrief.closed_at;
  return (
    <section class="presenting-strip" aria-label={t("debriefs.control")}>
      {ending ? (
        <Ending roundId={roundId} onStay={() => setEnding(false)} />
      ) : (
        <>
          {leads && <Onward board={board} />}
          <span class="presenting-end">
            <Button look="quiet" onPress={() => setEnding(true)}>
              {t("presenting.end")}
            </Button>
          </span>
        </>
      )}
    </section>
  );
}
