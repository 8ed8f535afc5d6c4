/**
 * The time of a step as everybody sees it. It counts what is left and says when it is over;
 * it changes nothing by itself, and hurries nobody.
 */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../components";
import { isRunning, secondsLeft, type StepClock } from "../../domain/step-clock";
import { t } from "../../i18n";
import { serverNow } from "../../state";

/** The time that `now` tells, again every second while `ticks`, and when one looks again. */
function useTicking(now: () => number, ticks: boolean): number {
  const [, look] = useState(0);
  useEffect(() => {
    if (!ticks) return undefined;
    const again = () => look((count) => count + 1);
    const timer = setInterval(again, 1000);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", again);
    };
  }, [ticks]);
  return now();
}

/** `754` -> "12:34". */
export function asMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const SILENT_MINUTES = 2;

/** What is left of the two minutes in which all write alone: counted from the step's begin. */
export function useSilence({ clock, now = serverNow }: Omit<Props, "minutes">): number {
  return secondsLeft(
    { ...clock, addedMinutes: 0 },
    SILENT_MINUTES,
    useTicking(now, isRunning(clock)),
  );
}

export function SilentTime(props: Omit<Props, "minutes">) {
  const { clock } = props;
  const left = useSilence(props);
  if (clock.beganAt === null) return null;
  const said =
    left > 0 ? t("debriefs.in_silence", { time: asMinutes(left) }) : t("debriefs.after_silence");
  return <p class="soft figures">{said}</p>;
}

interface Props {
  clock: StepClock;
  minutes: number;
  /** The server's time in milliseconds. */
  now?: () => number;
}

export function StepTime({ clock, minutes, now = serverNow }: Props) {
  const running = isRunning(clock);
  const left = secondsLeft(clock, minutes, useTicking(now, running));
  const begun = clock.beganAt !== null;
  const said = left > 0 ? asMinutes(left) : t("debriefs.time_over");
  return (
    <p class="step-time" data-running={running || undefined}>
      <Icon name="clock" size={20} />
      <span role="timer" aria-label={t("debriefs.time_left")} class="figures">
        {begun ? said : t("runbooks.minutes", { count: minutes + clock.addedMinutes })}
      </span>
      {begun && !running && <span class="soft">{t("debriefs.paused")}</span>}
    </p>
  );
}
