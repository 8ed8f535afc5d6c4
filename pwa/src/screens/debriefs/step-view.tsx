/** What is done in a step, below its head: cards, the wall, predictions, what comes next. */
import { useState } from "preact/hooks";
import { Banner, LinkButton, Section } from "../../components";
import { tellsWallAsItIs } from "../../domain/debriefs";
import { t } from "../../i18n";
import { save } from "../../state";
import { HowAlike } from "../agreement/how-alike";
import { HandOver } from "../handing/hand-over";
import { makeOnce } from "../making";
import { Commit } from "../improvement/commit";
import { NextLevel } from "../improvement/next-level";
import { CrossCheck } from "./cross-check";
import { LateTray } from "./late-tray";
import { isClosed, nextOrder, type Board } from "./board";
import { ClosedCards } from "./closed-cards";
import { PatternEditor } from "./pattern-editor";
import { PatternList, wholeSentence } from "./pattern-list";
import { Predictions } from "./predictions";
import { CardsIn, ReadAndAgree } from "./read-and-agree";
import { clockOf, type RunbookStep } from "./runbook-steps";
import { GalleryWalk, OwnWalls } from "./team-walls";
import { Wall } from "./wall";
import { oneWall, teamsWithWalls } from "./walls";

function Reread({ board }: { board: Board }) {
  if (!board.mayWrite) return null;
  return (
    <div class="stack">
      <div>
        <LinkButton icon="note" href={`/rounds/${board.roundId}/review`}>
          {t("debriefs.choose_cards")}
        </LinkButton>
      </div>
      <HandOver roundId={board.roundId} />
    </div>
  );
}

/** Whoever may not know whose a card is, is told the wall step by step (docs/adr/0033). */
function AsItStood({ board }: { board: Board }) {
  const isTold = board.maySeeSources || tellsWallAsItIs(board.debrief);
  return isTold ? null : <p class="soft">{t("debriefs.wall_as_it_stood")}</p>;
}

/** Where patterns are what is written, they stand first: a wall may be long. */
function Analyze(props: { board: Board; patternsFirst?: boolean }) {
  const { board, patternsFirst = false } = props;
  const [open, setOpen] = useState<string | null>(null);
  const write = async () => {
    const set = { form: "pattern", statement: "", order: nextOrder(board.patterns) } as const;
    setOpen(await makeOnce("pattern", board.scope, (id) => save("pattern", id, board.scope, set)));
  };
  const pattern = board.patterns.find((each) => each.id === open);
  const patterns = (
    <PatternList
      board={board}
      onOpen={setOpen}
      onWrite={() => void write()}
      isOwnAct={patternsFirst}
    />
  );
  return (
    <div class="analyze">
      {patternsFirst && patterns}
      <LateTray board={board} />
      <AsItStood board={board} />
      <Wall wall={oneWall(board)} />
      {!patternsFirst && patterns}
      {pattern && <PatternEditor board={board} pattern={pattern} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** One team alone, and whoever may not know of teams, is at the one wall from the start. */
function TeamsFirst({ board, step }: { board: Board; step: RunbookStep }) {
  if (!board.maySeeSources) {
    return (
      <>
        <Banner icon="people">{t("debriefs.teams_group_first")}</Banner>
        <Analyze board={board} />
      </>
    );
  }
  if (teamsWithWalls(board).length === 0) return <Analyze board={board} />;
  return (
    <>
      <LateTray board={board} />
      {step.activity === "own_wall" ? <OwnWalls board={board} /> : <GalleryWalk board={board} />}
    </>
  );
}

/** What the host speaks to: the patterns, as they were read aloud. */
function Heard({ board }: { board: Board }) {
  const said = board.patterns.map(wholeSentence).filter(Boolean);
  if (said.length === 0) return null;
  return (
    <Section title={t("debriefs.patterns")}>
      <ul class="summary-statements">
        {said.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Section>
  );
}

/** Steps in which cards are chosen, read and dotted: of a closed debrief they are over. */
const BEFORE_THE_WALL: ReadonlySet<string> = new Set(["reread", "read_and_agree", "cross_check"]);

export function StepView({ board, step }: { board: Board; step: RunbookStep }) {
  if (isClosed(board) && BEFORE_THE_WALL.has(step.activity)) return <ClosedCards board={board} />;
  switch (step.activity) {
    case "reread":
      return (
        <>
          <Reread board={board} />
          <CardsIn board={board} />
        </>
      );
    case "cross_check":
      return (
        <>
          <LateTray board={board} />
          <CrossCheck board={board} />
        </>
      );
    case "read_and_agree":
      return <ReadAndAgree board={board} />;
    case "how_alike":
      return (
        <>
          <LateTray board={board} />
          <HowAlike board={board} />
        </>
      );
    case "own_wall":
    case "gallery_walk":
      return <TeamsFirst board={board} step={step} />;
    case "one_wall":
    case "patterns":
      return <Analyze board={board} patternsFirst={step.activity === "patterns"} />;
    case "predict":
      return <Predictions board={board} clock={clockOf(step.id, board.debrief)} />;
    case "host_speaks":
      return <Heard board={board} />;
    case "commit":
      return <Commit board={board} />;
    case "next_level":
      return <NextLevel scope={board.scope} items={board.items} />;
    case "other":
      return null;
  }
}
