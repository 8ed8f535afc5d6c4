/**
 * Type as large as the room allows: begun large, and made smaller until all of it is on the
 * screen. Nobody scrolls a television, so where the smallest type that can still be read is too
 * large for a whole wall, fewer cards of each group are shown (projector.css) until it fits.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const LARGEST = 1.8;
const SMALLEST = 0.6;
const STEP = 0.9;
const CARDS_OF_EACH = ["", "6", "3", "1", "0"];

function fitsAt(element: HTMLElement, size: number): boolean {
  element.style.setProperty("--fit", String(size));
  return element.scrollHeight <= element.clientHeight;
}

function fit(element: HTMLElement): void {
  for (const each of CARDS_OF_EACH) {
    if (each) element.dataset.each = each;
    else delete element.dataset.each;
    for (let size = LARGEST; size >= SMALLEST; size *= STEP) if (fitsAt(element, size)) return;
  }
}

/** For the part that is to fit; fitted again when `content` or the window changes. */
export function useFit(content: unknown): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const again = () => part.current && fit(part.current);
    again();
    addEventListener("resize", again);
    return () => removeEventListener("resize", again);
  }, [content]);
  return part;
}
