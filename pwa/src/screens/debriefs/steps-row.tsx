/** The four phases, and the steps of the one that is shown: where we are, and the way back. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../components";
import { isReached } from "../../domain/debriefs";
import { mainStep } from "../../domain/runbooks";
import { PHASES, type Phase } from "../../generated/records";
import { t } from "../../i18n";
import { wordsOf, type RunbookStep } from "./runbook-steps";

interface Props {
  steps: readonly RunbookStep[];
  current: RunbookStep;
  shown: RunbookStep;
  /** A closed debrief stands nowhere any more. */
  closed: boolean;
  onShow: (step: RunbookStep) => void;
}

/** A phase leads to where the debrief stands in it, or to what it is there for. */
function stepFor({ steps, current }: Props, phase: Phase): RunbookStep {
  return current.phase === phase ? current : mainStep(steps, phase);
}

export function Phases(props: Props) {
  const { current, shown, closed, onShow } = props;
  const isHere = (phase: Phase) => !closed && phase === current.phase;
  return (
    <ol class="phases" aria-label={t("debriefs.phases")}>
      {PHASES.map((phase) => (
        <li key={phase}>
          <button
            type="button"
            class="phase"
            disabled={!isReached(current.phase, phase)}
            aria-current={phase === shown.phase ? "step" : undefined}
            onClick={() => onShow(stepFor(props, phase))}
          >
            {isHere(phase) && <Icon name="dot" size={12} filled />}
            {t(`vocabulary.phase.${phase}`)}
            {isHere(phase) && <span class="only-heard">{t("debriefs.we_are_here")}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}

/**
 * On a phone the row is wider than the screen: the step that is shown stands in its middle, also
 * once the phone was turned.
 */
function bringIntoSight(row: HTMLOListElement | null): void {
  const shown = row?.querySelector<HTMLElement>("[aria-current]");
  if (!row || !shown) return;
  row.scrollLeft = shown.offsetLeft - row.offsetLeft - (row.clientWidth - shown.offsetWidth) / 2;
}

export function StepsOfPhase({ steps, current, shown, closed, onShow }: Props) {
  const isHere = (step: RunbookStep) => !closed && step.id === current.id;
  const within = steps.filter(
    (step) => step.phase === shown.phase && (!step.leftOut || step.id === current.id),
  );
  const row = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const show = () => bringIntoSight(row.current);
    show();
    addEventListener("resize", show);
    return () => removeEventListener("resize", show);
  }, [shown.id]);
  if (within.length < 2) return null;
  return (
    <ol
      ref={row}
      class="phase-steps"
      aria-label={t("runbooks.steps_of", { phase: t(`vocabulary.phase.${shown.phase}`) })}
    >
      {within.map((step) => (
        <li key={step.id}>
          <button
            type="button"
            class="phase-step"
            aria-current={step.id === shown.id ? "step" : undefined}
            onClick={() => onShow(step)}
          >
            {isHere(step) && <Icon name="dot" size={12} filled />}
            {wordsOf(step).title}
            {isHere(step) && <span class="only-heard">{t("debriefs.we_are_here")}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
