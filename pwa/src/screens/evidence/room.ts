/**
 * What the tablet does in a classroom: be quiet, keep the writing in sight above the on-screen
 * keyboard. Every part is a courtesy: where a browser lacks it, nothing breaks.
 */
import { effect, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

const QUIET = "rounds.quiet";

/** Dim, no nudges, no sound; kept on this device from one visit to the next. */
export const quiet = signal(localStorage.getItem(QUIET) === "yes");
effect(() => localStorage.setItem(QUIET, quiet.value ? "yes" : "no"));

/** The height that the on-screen keyboard leaves, as `--seen-height` and `--seen-top`. */
export function useSeenHeight(): void {
  useLayoutEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const { style } = document.documentElement;
    const fit = () => {
      style.setProperty("--seen-height", `${seen.height}px`);
      style.setProperty("--seen-top", `${seen.offsetTop}px`);
    };
    fit();
    seen.addEventListener("resize", fit);
    seen.addEventListener("scroll", fit);
    return () => {
      seen.removeEventListener("resize", fit);
      seen.removeEventListener("scroll", fit);
      style.removeProperty("--seen-height");
      style.removeProperty("--seen-top");
    };
  }, []);
}

/** Text goes to disk at once when the app is hidden or left, whatever closes it. */
export function useLeaving(leave: () => void): void {
  useLayoutEffect(() => {
    const hidden = () => document.visibilityState === "hidden" && leave();
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", leave);
    window.addEventListener("blur", leave);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("blur", leave);
    };
  }, [leave]);
}

/** The time, often enough for a minute and a bar; still while the app is hidden. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const tick = () => document.visibilityState === "visible" && setNow(new Date());
    const timer = setInterval(tick, everyMs);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [everyMs]);
  return now;
}
