/** What is folded on the screen and stands open on paper, where nothing can be pressed. */
import { useLayoutEffect, useRef } from "preact/hooks";

/** For a `details`: open while it is printed, then as it was. */
export function useOpenOnPaper() {
  const folded = useRef<HTMLDetailsElement>(null);
  useLayoutEffect(() => {
    let wasOpen = true;
    const open = () => {
      wasOpen = folded.current?.open ?? true;
      if (folded.current) folded.current.open = true;
    };
    const fold = () => {
      if (folded.current) folded.current.open = wasOpen;
    };
    addEventListener("beforeprint", open);
    addEventListener("afterprint", fold);
    return () => {
      removeEventListener("beforeprint", open);
      removeEventListener("afterprint", fold);
    };
  }, []);
  return folded;
}
