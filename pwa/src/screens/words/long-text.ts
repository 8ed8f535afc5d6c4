/**
 * A text of which only the beginning can be sent. The whole of it lies on this tablet, beside
 * the person's changes, and stands in the field until somebody makes it shorter.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { isTooLong } from "../../domain/safe-text";
import { keepDraft, readDraft } from "../../state";

interface LongText {
  text: string | undefined;
  /** Resolves when the whole is on disk; a text that can be sent is not kept here. */
  keep: (text: string) => Promise<void>;
}

export function useLongText(place: string): LongText {
  const name = `long/${place}`;
  const [text, setText] = useState<string | undefined>();
  const isKept = useRef<Promise<boolean>>(Promise.resolve(false));
  const read = async () => {
    const found = await readDraft(name);
    setText(found);
    return found !== undefined;
  };
  useEffect(() => void (isKept.current = read().catch(() => false)), [name]);
  const keep = async (words: string) => {
    const whole = isTooLong(words) ? words : undefined;
    if (whole === undefined && !(await isKept.current)) return;
    await keepDraft(name, whole);
    isKept.current = Promise.resolve(whole !== undefined);
    setText(whole);
  };
  return { text, keep };
}
