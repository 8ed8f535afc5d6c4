/**
 * What a press does, done once: fingers are faster than disks and screens.
 *
 * Another press while the act still runs makes nothing twice; the second half of a double
 * press is not heard by a button that the first half brought. Must not know what is done.
 */
import { useMemo, useRef } from "preact/hooks";

/** Nobody reads a new button and presses it in less. */
const ECHO_MS = 350;

type Act = () => unknown;

/** The newest act, run one at a time; a further press while it runs is not heard. */
export function useOnce(act: Act | undefined): () => void {
  const newest = useRef(act);
  newest.current = act;
  const running = useRef(false);
  return useMemo(
    () => () => {
      if (running.current) return;
      const done = newest.current?.();
      if (!(done instanceof Promise)) return;
      running.current = true;
      void done.finally(() => (running.current = false));
    },
    [],
  );
}

function isByFinger(event: MouseEvent): boolean {
  const { pointerType } = event as PointerEvent;
  return event.detail > 1 || pointerType === "touch" || pointerType === "pen";
}

/** For a button of these words: whether a press is the echo of one that was meant for another. */
export function useEchoes(words: string): (event: MouseEvent) => boolean {
  const known = useRef({ words, since: performance.now() });
  if (known.current.words !== words) known.current = { words, since: performance.now() };
  return (event) => isByFinger(event) && performance.now() - known.current.since < ECHO_MS;
}
