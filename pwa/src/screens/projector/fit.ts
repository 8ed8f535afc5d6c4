/**
 * Type as large as the room allows: begun large, and made smaller until all of it is on the
 * screen. Nobody scrolls a television, so where the smallest type that can still be read is too
 * large for a whole wall, fewer cards of each group are shown (projector.css) until it fits.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const LARGEST = 1.8;
const SMALLEST = 0.5;
const STEP = 0.9;
const CARDS_OF_EACH = [6, 3, 1, 0];

function fit(element: HTMLElement): void {
  const tooLarge = () => element.scrollHeight > element.clientHeight;
  let size = LARGEST;
  const put = () => element.style.setProperty("--fit", String(size));
  delete element.dataset.each;
  put();
  while (size > SMALLEST && tooLarge()) {
    size = Math.max(SMALLEST, size * STEP);
    put();
  }
  for (const each of CARDS_OF_EACH) {
    if (!tooLarge()) return;
    element.dataset.each = String(each);
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
