/**
 * What a person moved stays before their eyes: it is scrolled to, stands out for a moment, and
 * the focus is at it where the act took the focus away. Never follows what others move.
 */
import { useEffect, useState } from "preact/hooks";

function gentle(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function bringIntoSight(card: string): void {
  const hung = document.querySelector<HTMLElement>(`[data-movable="${card}"]`);
  if (!hung) return;
  document.querySelector("[data-arrived]")?.removeAttribute("data-arrived");
  hung.setAttribute("data-arrived", "");
  hung.scrollIntoView({ block: "nearest", behavior: gentle() });
  const isLost = document.activeElement === document.body;
  if (isLost) hung.querySelector<HTMLElement>("[data-grip]")?.focus({ preventScroll: true });
}

/** Answers how to follow a card, once it hangs where it was put. */
export function useFollowing(): (card: string | undefined) => void {
  // An object of its own each time: the same card may be moved twice.
  const [arrived, setArrived] = useState<{ card: string } | null>(null);
  useEffect(() => {
    if (arrived) bringIntoSight(arrived.card);
  }, [arrived]);
  return (card) => setArrived(card === undefined ? null : { card });
}
