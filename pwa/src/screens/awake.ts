/** The screen stays on: in a classroom, and where a whole room looks at it. A courtesy. */
import { useEffect } from "preact/hooks";

async function keepAwake(): Promise<WakeLockSentinel | null> {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return null;
  return navigator.wakeLock.request("screen").catch(() => null);
}

/** While the part that uses it is there; the lock is lost when hidden, and taken again. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: Promise<WakeLockSentinel | null> = keepAwake();
    const takeAgain = () => {
      if (document.visibilityState === "visible") lock = keepAwake();
    };
    document.addEventListener("visibilitychange", takeAgain);
    return () => {
      document.removeEventListener("visibilitychange", takeAgain);
      void lock.then((held) => held?.release());
    };
  }, []);
}
