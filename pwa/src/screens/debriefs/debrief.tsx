/**
 * The debrief of one round, step by step along its runbook, in four phases.
 *
 * Everything here is records, so it works with the radio off. Anyone may look at any step of
 * a phase that was reached; whoever leads moves everybody on.
 */
import { useRoute } from "preact-iso";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { Banner, Button, Empty, LinkButton, Screen } from "../../components";
import { mayEnter } from "../../domain/debriefs";
import { t } from "../../i18n";
import { pollEvery } from "../../state";
import { HandOver } from "../handing/hand-over";
import { TakeIn } from "../handing/take-in";
import { meetsOnOf } from "../improvement/revisits";
import { StillSealed } from "../improvement/seal";
import { ShowToRoom } from "../projector/show-to-room";
import { Begin } from "./begin";
import { asClosed, boardOf, isClosed, type Board } from "./board";
import { OpenAgain } from "./closing";
import { ControlStrip, goTo, MovedAtOnce } from "./control-strip";
import { factsOf } from "./facts";
import { currentStep, runbookOf, wordsOf, type Runbook, type RunbookStep } from "./runbook-steps";
import { useMovedTold, WhoMayMove } from "./moving";
import { StepHead } from "./step-head";
import { StepView } from "./step-view";
import { Phases, StepsOfPhase } from "./steps-row";
import "./debriefs.css";

const POLL_MS = 5_000;

/**
 * Where a lead moved the debrief on, everybody who was looking at another step follows, and
 * begins at its head: the last one may have been read far down. So does whoever sees it close,
 * for the way on stands there.
 */
export function useShown(
  current: RunbookStep,
  { steps }: Runbook,
  closed: boolean,
): [RunbookStep, (step: RunbookStep) => void] {
  const [chosen, setChosen] = useState<{ step: string; during: string } | null>(null);
  const looked = chosen?.during === current.id ? chosen.step : current.id;
  const shown = steps.find((step) => step.id === looked) ?? current;
  // A look ends with the step it was taken from, also where the debrief comes back to that step.
  useEffect(() => setChosen(null), [current.id]);
  useLayoutEffect(() => window.scrollTo(0, 0), [shown.id, closed]);
  return [shown, (step) => setChosen({ step: step.id, during: current.id })];
}

interface ElsewhereProps {
  board: Board;
  runbook: Runbook;
  current: RunbookStep;
  shown: RunbookStep;
  onBack: () => void;
}

/** Somebody looks at another step than the one that the debrief stands at. */
function Elsewhere({ board, runbook, current, shown, onBack }: ElsewhereProps) {
  if (shown.id === current.id || isClosed(board)) return null;
  const leads = board.mayLead && mayEnter(current.phase, shown.phase, factsOf(board));
  return (
    <Banner
      icon="eye"
      action={
        <span class="cluster">
          <Button onPress={onBack}>{t("debriefs.come_along")}</Button>
          {leads && (
            <Button onPress={() => goTo(runbook, shown)}>{t("debriefs.lead_from_here")}</Button>
          )}
        </span>
      }
    >
      {t("debriefs.look_only", { step: wordsOf(current).title })}
    </Banner>
  );
}

/** Cards come until patterns stand on them: afterwards a file of them would only be in the way. */
function takesCards({ phase }: RunbookStep): boolean {
  return phase === "describe" || phase === "analyze";
}

function Open({ board }: { board: Board }) {
  const runbook = runbookOf(board.roundId);
  const current = currentStep(runbook, board.debrief);
  const closed = isClosed(board);
  const shownBoard = asClosed(board);
  const [shown, show] = useShown(current, runbook, closed);
  useMovedTold(current);
  const places = { steps: runbook.steps, current, shown, closed, onShow: show };
  return (
    <>
      <Phases {...places} />
      <StepsOfPhase {...places} />
      {closed && (
        <Banner
          icon="check"
          action={
            <LinkButton look="primary" href={`/rounds/${board.roundId}/summary`}>
              {t("rounds.act.summary")}
            </LinkButton>
          }
        >
          {t("debriefs.closed")}
        </Banner>
      )}
      <MovedAtOnce {...{ board, runbook, current }} />
      <Elsewhere {...{ board, runbook, current, shown }} onBack={() => show(current)} />
      <div class="stack-wide">
        <StepHead board={shownBoard} step={shown} />
        <StepView board={shownBoard} step={shown} />
        {shown.phase === "next_level" && (
          <StillSealed board={board} meetsOn={meetsOnOf(board.roundId)} />
        )}
        {board.mayLead && closed && <OpenAgain board={board} />}
        {!closed && <WhoMayMove board={board} />}
        {!closed && (
          <div class="cluster">
            {takesCards(shown) && <TakeIn board={board} />}
            {board.mayLead && <ShowToRoom roundId={board.roundId} />}
            <LinkButton look="quiet" icon="edit" href={`/rounds/${board.roundId}/runbook`}>
              {t(runbook.mayChange ? "runbooks.change_runbook" : "runbooks.look_at_runbook")}
            </LinkButton>
          </div>
        )}
      </div>
      {board.mayLead && !closed && (
        <ControlStrip {...{ board, runbook, current }} facts={factsOf(board)} />
      )}
    </>
  );
}

export default function DebriefScreen() {
  const roundId = useRoute().params["round"] ?? "";
  useEffect(() => pollEvery(POLL_MS), []);
  const board = boardOf(roundId);
  const back = { href: `/rounds/${roundId}`, label: board.round?.fields.title ?? t("app.rounds") };
  return (
    <Screen title={t("debriefs.title")} back={back} wide>
      {board.debrief?.phase ? (
        <Open board={board} />
      ) : board.mayLead ? (
        <>
          <Begin roundId={roundId} />
          <TakeIn board={board} />
        </>
      ) : (
        <>
          <Empty>{t("debriefs.not_begun")}</Empty>
          <HandOver roundId={roundId} />
        </>
      )}
    </Screen>
  );
}
