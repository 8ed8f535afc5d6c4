/**
 * The keeper of a field on a screen: what was typed goes to disk when the app is hidden, when
 * the page goes, and when the screen is left.
 */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { keeperOf, type Keeper, type Save } from "../../components/note-editor-keeping";

/** Another `place` is another text. `left` is told once the last of it is written. */
export function useKeeper(place: string, save: Save, left?: () => unknown): Keeper {
  const keeper = useMemo(() => keeperOf(save), [place]);
  useLayoutEffect(() => {
    const hide = () => void keeper.flush({ open: true });
    addEventListener("pagehide", hide);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("pagehide", hide);
      document.removeEventListener("visibilitychange", hide);
      void keeper.flush().then(left);
    };
  }, [keeper]);
  return keeper;
}
