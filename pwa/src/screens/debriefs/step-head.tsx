/**
 * What a step is: its name and time, who acts, the questions that everybody sees, why it is
 * there, and for whoever facilitates what to say. All of it works with the radio off.
 */
import { t } from "../../i18n";
import { standing } from "../../state";
import { isClosed, type Board } from "./board";
import { hostStated } from "./host-part";
import { clockOf, linesOf, wordsOf, type RunbookStep } from "./runbook-steps";
import { StepNotes } from "./step-notes";
import { StepTime } from "./step-time";
import { StepWhy } from "./step-why";

/** Who leads, and who learns to. */
function readsScript(board: Board): boolean {
  return board.mayLead || (standing.value?.rounds.get(board.roundId)?.has("apprentice") ?? false);
}

function Folded({ title, children }: { title: string; children: string }) {
  if (!children) return null;
  return (
    <details>
      <summary>{title}</summary>
      <p class="step-words">{children}</p>
    </details>
  );
}

interface Props {
  board: Board;
  step: RunbookStep;
}

function Prompts({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul class="step-prompts">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Folds({ board, step }: Props) {
  const { script } = wordsOf(step);
  return (
    <div class="step-folds">
      {readsScript(board) && <Folded title={t("debriefs.script")}>{script}</Folded>}
      <StepNotes board={board} step={step.id} />
    </div>
  );
}

/** Steps at a wall, which wants the room: of their questions the first line alone is unfolded. */
const AT_A_WALL: ReadonlySet<string> = new Set([
  "own_wall",
  "gallery_walk",
  "one_wall",
  "patterns",
]);

export function StepHead({ board, step }: Props) {
  const { title, prompts, why } = wordsOf(step);
  const [first, ...more] = linesOf(prompts);
  const folded = AT_A_WALL.has(step.activity) && first !== undefined;
  return (
    <section class="step stack" aria-label={title} data-folded={folded || undefined}>
      <div class="step-head">
        <div>
          <h2>{title}</h2>
          <p class="soft label">
            {t(`vocabulary.actor.${step.actor}`)}
            {step.phase !== "next_level" && !isClosed(board) && ` · ${hostStated(board.roundId)}`}
          </p>
        </div>
        <div class="cluster">
          {!isClosed(board) && (
            <StepTime clock={clockOf(step.id, board.debrief)} minutes={step.minutes} />
          )}
          <StepWhy key={step.id} why={why} />
        </div>
      </div>
      {folded ? (
        <details class="step-questions">
          <summary>{first}</summary>
          <Prompts lines={more} />
          <Folds board={board} step={step} />
        </details>
      ) : (
        <>
          <Prompts lines={linesOf(prompts)} />
          <Folds board={board} step={step} />
        </>
      )}
    </section>
  );
}
