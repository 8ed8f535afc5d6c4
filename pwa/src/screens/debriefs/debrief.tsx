/**
 * The debrief of one round, phase by phase: describe, analyze, predict, next level of work.
 *
 * Everything here is records, so it works with the radio off. Anyone may look back at a
 * phase; a lead opens the next one, and the screen says what still stands before it.
 */
import { useRoute } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { Banner, Button, Empty, Icon, Screen } from "../../components";
import { hindranceTo, isReached, nextPhase, type DebriefFacts } from "../../domain/debriefs";
import { PHASES, type Phase } from "../../generated/records";
import { formatList, t } from "../../i18n";
import { newId, pollEvery, save } from "../../state";
import { NextLevel } from "../improvement/next-level";
import { boardOf, nextOrder, type Board } from "./board";
import { PatternEditor } from "./pattern-editor";
import { PatternList, missingFrom } from "./pattern-list";
import { Predictions } from "./predictions";
import { ReadAndAgree } from "./read-and-agree";
import { Wall } from "./wall";
import "./debriefs.css";

const POLL_MS = 5_000;

function factsOf(board: Board): DebriefFacts {
  return {
    teams: board.teams
      .filter((team) => team.memberCount > 0 || team.posted.length > 0)
      .map((team) => ({
        name: team.name,
        posted: team.posted.length,
        agreed: team.agreed.length,
      })),
    patternCount: board.patterns.filter((each) => missingFrom(board, each).length === 0).length,
    predictionCount: board.predictions.filter((each) => each.fields.agreed).length,
    sealed: Boolean(board.debrief?.sealed_at),
  };
}

function enter(board: Board, phase: Phase): Promise<void> {
  const first = board.debrief?.began_at ? {} : { began_at: new Date().toISOString() };
  return save("debrief", board.debriefId, board.scope, { phase, ...first });
}

interface StepsProps {
  current: Phase;
  shown: Phase;
  onShow: (phase: Phase) => void;
}

function Steps({ current, shown, onShow }: StepsProps) {
  return (
    <ol class="phases" aria-label={t("debriefs.phases")}>
      {PHASES.map((phase) => (
        <li key={phase}>
          <button
            type="button"
            class="phase"
            disabled={!isReached(current, phase)}
            aria-current={phase === shown ? "step" : undefined}
            onClick={() => onShow(phase)}
          >
            {phase === current && <Icon name="place" size={16} />}
            {t(`vocabulary.phase.${phase}`)}
            {phase === current && <span class="only-heard">{t("debriefs.we_are_here")}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The lead's one way forward, and what stands before it. */
function Onward({
  board,
  current,
  onEntered,
}: {
  board: Board;
  current: Phase;
  onEntered: (phase: Phase) => void;
}) {
  const wanted = nextPhase(current);
  if (!board.mayLead || !wanted) return null;
  const hindrance = hindranceTo(wanted, factsOf(board));
  const go = async () => {
    await enter(board, wanted);
    onEntered(wanted);
  };
  return (
    <div class="onward stack">
      {hindrance && (
        <p class="soft">
          {t(`debriefs.hindrance.${hindrance.reason}`, { teams: formatList(hindrance.teams) })}
        </p>
      )}
      <div>
        <Button look="primary" icon="forward" disabled={hindrance !== null} onPress={go}>
          {t("debriefs.go_on_to", { phase: t(`vocabulary.phase.${wanted}`) })}
        </Button>
      </div>
    </div>
  );
}

function Analyze({ board }: { board: Board }) {
  const [open, setOpen] = useState<string | null>(null);
  const write = async () => {
    const id = newId();
    const order = nextOrder(board.patterns);
    await save("pattern", id, board.scope, { form: "pattern", statement: "", order });
    setOpen(id);
  };
  const pattern = board.patterns.find((each) => each.id === open);
  const late = board.teams.filter((team) => team.mine).some((team) => team.posted.length > 0);
  return (
    <div class="analyze">
      {late && <Banner icon="note">{t("debriefs.late_cards")}</Banner>}
      <Wall board={board} />
      <PatternList board={board} onOpen={setOpen} onWrite={() => void write()} />
      {pattern && <PatternEditor board={board} pattern={pattern} onClose={() => setOpen(null)} />}
    </div>
  );
}

function PhaseView({ board, phase }: { board: Board; phase: Phase }) {
  if (phase === "describe") return <ReadAndAgree board={board} />;
  if (phase === "analyze") return <Analyze board={board} />;
  if (phase === "predict") return <Predictions board={board} />;
  return <NextLevel scope={board.scope} items={board.items} />;
}

function Closing({ board }: { board: Board }) {
  if (!board.mayLead || board.debrief?.phase !== "next_level") return null;
  const closed = board.debrief.closed_at;
  const set = (closed_at: string | null) =>
    save("debrief", board.debriefId, board.scope, { closed_at });
  return (
    <div class="onward">
      {closed ? (
        <Button onPress={() => set(null)}>{t("debriefs.open_again")}</Button>
      ) : (
        <Button look="primary" icon="check" onPress={() => set(new Date().toISOString())}>
          {t("debriefs.close")}
        </Button>
      )}
    </div>
  );
}

/** Where a phase was moved on by a lead, everybody who was looking at the old one follows. */
function useShown(current: Phase): [Phase, (phase: Phase) => void] {
  const [chosen, setChosen] = useState<{ phase: Phase; during: Phase } | null>(null);
  const shown = chosen?.during === current ? chosen.phase : current;
  return [shown, (phase) => setChosen({ phase, during: current })];
}

function Open({ board }: { board: Board }) {
  const current = board.debrief?.phase ?? "describe";
  const [shown, show] = useShown(current);
  return (
    <>
      <Steps current={current} shown={shown} onShow={show} />
      {board.debrief?.closed_at && <Banner icon="check">{t("debriefs.closed")}</Banner>}
      <div class="stack-wide">
        <p class="soft">{t(`debriefs.about.${shown}`)}</p>
        <PhaseView board={board} phase={shown} />
        {shown === current && <Onward board={board} current={current} onEntered={show} />}
        {shown === current && <Closing board={board} />}
      </div>
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
        <Empty
          action={
            <Button look="primary" onPress={() => enter(board, "describe")}>
              {t("debriefs.begin")}
            </Button>
          }
        >
          {t("debriefs.not_begun_lead")}
        </Empty>
      ) : (
        <Empty>{t("debriefs.not_begun")}</Empty>
      )}
    </Screen>
  );
}
