/** Whether there is room for two panes, as the style sheets draw the line. */
import { useEffect, useState } from "preact/hooks";

const TWO_PANES = "(min-width: 46.5em)";

export function isWide(): boolean {
  return matchMedia(TWO_PANES).matches;
}

/** The same, followed while a tablet is turned or a window is drawn wider. */
export function useWide(): boolean {
  const [wide, setWide] = useState(isWide);
  useEffect(() => {
    const query = matchMedia(TWO_PANES);
    const follow = () => setWide(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return wide;
}
