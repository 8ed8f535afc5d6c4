/**
 * What a press does, done once: fingers are faster than disks and screens.
 *
 * Another press while the act still runs makes nothing twice; the second half of a double
 * press is not heard by a button that the first half brought. What a press means is what the
 * button says: once it says something else, a press is another act, and is done at once even
 * where the disk still writes the first. Must not know what is done.
 */
import { useMemo, useRef } from "preact/hooks";

/** Nobody reads a new button and presses it in less. */
const ECHO_MS = 350;

type Act = () => unknown;

/** The newest act; while one runs, a further press that `means` the same is not heard. */
export function useOnce(act: Act | undefined, means = ""): () => void {
  const newest = useRef({ act, means });
  newest.current = { act, means };
  const running = useRef(new Set<string>());
  return useMemo(
    () => () => {
      const { act, means } = newest.current;
      if (running.current.has(means)) return;
      const done = act?.();
      if (!(done instanceof Promise)) return;
      running.current.add(means);
      void done.finally(() => running.current.delete(means));
    },
    [],
  );
}

function isByFinger(event: MouseEvent): boolean {
  const { pointerType } = event as PointerEvent;
  return event.detail > 1 || pointerType === "touch" || pointerType === "pen";
}

/** For a button that means this: whether a press is the echo of one that was meant for another. */
export function useEchoes(means: string): (event: MouseEvent) => boolean {
  const known = useRef({ means, since: performance.now() });
  if (known.current.means !== means) known.current = { means, since: performance.now() };
  return (event) => isByFinger(event) && performance.now() - known.current.since < ECHO_MS;
}
