/**
 * What a person moved stays before their eyes: it is scrolled to, stands out for a moment, and
 * the focus is at it where the act took the focus away. Never follows what others move.
 */
import { useEffect, useState } from "preact/hooks";

function bringIntoSight(card: string): void {
  const hung = document.querySelector<HTMLElement>(`[data-movable="${card}"]`);
  if (!hung) return;
  document.querySelector("[data-arrived]")?.removeAttribute("data-arrived");
  hung.setAttribute("data-arrived", "");
  // At once: a wall that glides by is laid out in each frame, while the move waits to be sent.
  hung.scrollIntoView({ block: "nearest" });
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
