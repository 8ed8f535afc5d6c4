/**
 * Type as large as the room allows: begun large, and made smaller until all of it is on the
 * screen; below a size that can still be read it stays, and the page scrolls.
 */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const LARGEST = 1.8;
const SMALLEST = 0.5;
const STEP = 0.9;

function fit(element: HTMLElement): void {
  let size = LARGEST;
  const put = () => element.style.setProperty("--fit", String(size));
  put();
  while (size > SMALLEST && element.scrollHeight > element.clientHeight) {
    size = Math.max(SMALLEST, size * STEP);
    put();
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
