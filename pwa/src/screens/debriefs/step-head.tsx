/**
 * What a step is: its name and time, who acts, the questions that everybody sees, why it is
 * there, and for whoever facilitates what to say. All of it works with the radio off.
 */
import { t } from "../../i18n";
import { standing } from "../../state";
import type { Board } from "./board";
import { hostStated } from "./host-part";
import { clockOf, linesOf, wordsOf, type RunbookStep } from "./runbook-steps";
import { StepNotes } from "./step-notes";
import { StepTime } from "./step-time";

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

export function StepHead({ board, step }: { board: Board; step: RunbookStep }) {
  const { title, prompts, script, why } = wordsOf(step);
  return (
    <section class="step stack" aria-label={title}>
      <div class="step-head">
        <div>
          <h2>{title}</h2>
          <p class="soft label">
            {t(`vocabulary.actor.${step.actor}`)}
            {step.phase !== "next_level" && ` · ${hostStated(board.roundId)}`}
          </p>
        </div>
        <StepTime clock={clockOf(step.id, board.debrief)} minutes={step.minutes} />
      </div>
      {prompts && (
        <ul class="step-prompts">
          {linesOf(prompts).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div class="step-folds">
        <Folded title={t("debriefs.why")}>{why}</Folded>
        {readsScript(board) && <Folded title={t("debriefs.script")}>{script}</Folded>}
        <StepNotes board={board} step={step.id} />
      </div>
    </section>
  );
}
