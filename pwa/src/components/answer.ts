/**
 * An answer that is fetched while a screen stands open, and a press that waits for one.
 *
 * Neither knows who is asked.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Answer<T> {
  value: T | undefined;
  /** Why there is none (yet). */
  error: unknown;
  again: () => void;
}

/** Ask once the screen opens, and whenever `about` changes; a late answer is dropped. */
export function useAnswer<T>(ask: () => Promise<T>, about: string): Answer<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  const newest = useRef(0);
  useEffect(() => {
    const mine = ++newest.current;
    const current = () => mine === newest.current;
    ask().then(
      (found) => {
        if (!current()) return;
        setValue(() => found);
        setError(undefined);
      },
      (reason: unknown) => {
        if (current()) setError(reason);
      },
    );
    return () => {
      newest.current += 1;
    };
  }, [about, turn]);
  return { value, error, again: useCallback(() => setTurn((count) => count + 1), []) };
}

export interface Asking {
  /** An answer is awaited: the button rests. */
  waiting: boolean;
  error: unknown;
  /** Run it, unless the last one still runs. */
  run: (act: () => Promise<unknown>) => Promise<void>;
}

export function useAsking(): Asking {
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>();
  const running = useRef(false);
  const run = useCallback(async (act: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setWaiting(true);
    setError(undefined);
    try {
      await act();
    } catch (reason) {
      setError(() => reason);
    } finally {
      running.current = false;
      setWaiting(false);
    }
  }, []);
  return { waiting, error, run };
}
