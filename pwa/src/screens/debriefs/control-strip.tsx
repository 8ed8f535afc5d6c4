/**
 * The lead's strip: back, pause, two minutes more, next; at the last step, close. Whoever leads may press it, on any
 * device; nothing has to be handed over. The rules of the phases stay the gate.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Banner, Button, Checkbox } from "../../components";
import { hindranceTo, type DebriefFacts, type Hindrance } from "../../domain/debriefs";
import { neighbour } from "../../domain/runbooks";
import {
  addMinutes,
  isRunning,
  moveTo,
  pause,
  start,
  type StepClock,
} from "../../domain/step-clock";
import { t } from "../../i18n";
import { record, serverNow } from "../../state";
import type { Board } from "./board";
import { Close } from "./closing";
import { TeamsNotThere } from "./going-on";
import { movesTo } from "./moving";
import { clockOf, keepClock, wordsOf, type Runbook, type RunbookStep } from "./runbook-steps";

const MORE_MINUTES = 2;

interface Props {
  board: Board;
  runbook: Runbook;
  current: RunbookStep;
  facts: DebriefFacts;
}

/** What stands before a step of another phase; nothing within the same. */
function hindranceBefore(current: RunbookStep, wanted: RunbookStep, facts: DebriefFacts) {
  return wanted.phase === current.phase ? null : hindranceTo(wanted.phase, facts);
}

/**
 * What stands before the next step. Whoever is not told of teams asks them aloud, and ticks
 * here what they said: it is kept nowhere, and asked anew at every such step.
 */
export function useHindrance(current: RunbookStep, next: RunbookStep, facts: DebriefFacts) {
  const [saidAt, setSaidAt] = useState<string | null>(null);
  const found = hindranceBefore(current, next, facts);
  if (found?.reason !== "ask_teams") return { hindrance: found, asked: null };
  const said = saidAt === current.id;
  const asked = (
    <Checkbox
      label={t("debriefs.teams_have_read")}
      checked={said}
      onChange={(on) => setSaidAt(on ? current.id : null)}
    />
  );
  return { hindrance: said ? null : found, asked };
}

/** Go to a step and start its clock. */
export function goTo(runbook: Runbook, step: RunbookStep): Promise<void> {
  movesTo(step);
  return keepClock(runbook, moveTo(step.id, serverNow()), step.phase);
}

/**
 * Tells the stylesheet how far up from the foot of the window the strip reaches: at the end of a
 * page, or of a short one, it stands higher than at its foot.
 */
function useHeightTold() {
  const strip = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const page = document.documentElement.style;
    const own = strip.current!;
    let told = "";
    // Only where it moved: the browser works out the whole page's styles again.
    const tell = () => {
      const reaches = `${Math.max(0, innerHeight - own.getBoundingClientRect().top)}px`;
      if (reaches !== told) page.setProperty("--strip", reaches);
      told = reaches;
    };
    const seen = new ResizeObserver(tell);
    seen.observe(own);
    seen.observe(own.parentElement!);
    addEventListener("scroll", tell, { passive: true });
    addEventListener("resize", tell);
    return () => {
      seen.disconnect();
      removeEventListener("scroll", tell);
      removeEventListener("resize", tell);
    };
  }, []);
  return strip;
}

export function ControlStrip(props: Props) {
  return (
    <section ref={useHeightTold()} class="control-strip" aria-label={t("debriefs.control")}>
      <TimeButtons {...props} />
      <NextButton {...props} />
    </section>
  );
}

/** Back, pause, two minutes more: wherever a debrief is led. */
export function TimeButtons({ board, runbook, current }: Omit<Props, "facts">) {
  const clock = clockOf(current.id, board.debrief);
  const put = (next: StepClock) => keepClock(runbook, next, current.phase);
  const before = neighbour(runbook.steps, current.id, -1);
  return (
    <>
      <Button
        icon="back"
        look="quiet"
        disabled={!before}
        label={before && t("debriefs.step_back_to", { step: wordsOf(before).title })}
        onPress={() => before && goTo(runbook, before)}
      >
        {t("debriefs.step_back")}
      </Button>
      <PauseButton clock={clock} put={put} />
      <Button
        look="quiet"
        from={clock.addedMinutes}
        onPress={() => put(addMinutes(clock, MORE_MINUTES))}
      >
        {t("debriefs.two_minutes")}
      </Button>
    </>
  );
}

function PauseButton(props: { clock: StepClock; put: (next: StepClock) => Promise<void> }) {
  const { clock, put } = props;
  if (isRunning(clock)) {
    return (
      <Button look="quiet" onPress={() => put(pause(clock, serverNow()))}>
        {t("debriefs.pause")}
      </Button>
    );
  }
  return (
    <Button
      look={clock.beganAt === null ? "primary" : "quiet"}
      onPress={() => put(start(clock, serverNow()))}
    >
      {t(clock.beganAt === null ? "debriefs.start_clock" : "debriefs.go_on")}
    </Button>
  );
}

/** After the last step comes the end, in the same place. */
function NextButton(props: Props) {
  const next = neighbour(props.runbook.steps, props.current.id, 1);
  return next ? <Next {...props} next={next} /> : <Close board={props.board} />;
}

/** Before its clock was started a step is not done: what is pressed first is the start. */
function Next({ board, runbook, current, next, facts }: Props & { next: RunbookStep }) {
  const begun = clockOf(current.id, board.debrief).beganAt !== null;
  const { hindrance, asked } = useHindrance(current, next, facts);
  const go = () => goTo(runbook, next);
  return (
    <div class="control-next">
      {asked}
      <Button
        look={begun ? "primary" : "plain"}
        icon="forward"
        wide
        disabled={hindrance !== null}
        onPress={go}
      >
        {t("debriefs.next_step", { step: wordsOf(next).title })}
      </Button>
      {hindrance && <Hindered board={board} hindrance={hindrance} onGo={go} />}
    </div>
  );
}

function Hindered(props: { board: Board; hindrance: Hindrance; onGo: () => unknown }) {
  const { reason } = props.hindrance;
  if (reason === "teams_reading" || reason === "teams_without_cards")
    return <TeamsNotThere board={props.board} onGo={props.onGo} />;
  return <p class="soft label">{t(`debriefs.hindrance.${reason}`)}</p>;
}

/** Two leads went to two steps at once: all devices stand at one of them, and say so. */
export function MovedAtOnce({ board, runbook, current }: Omit<Props, "facts">) {
  const versions = record("debrief", board.debriefId).value?.versions["step"] ?? [];
  const other = runbook.steps.find((step) =>
    versions.some(({ value }) => value === step.id && step.id !== current.id),
  );
  if (!board.mayLead || !other) return null;
  const words = { step: wordsOf(current).title, other: wordsOf(other).title };
  const stay = () => keepClock(runbook, clockOf(current.id, board.debrief), current.phase);
  return (
    <Banner
      icon="people"
      urgent
      action={
        <span class="cluster">
          <Button onPress={stay}>{t("debriefs.stay_here")}</Button>
          <Button onPress={() => goTo(runbook, other)}>
            {t("debriefs.go_to_other", { step: words.other })}
          </Button>
        </span>
      }
    >
      {t("debriefs.moved_at_once", words)}
    </Banner>
  );
}
