/**
 * Words in a form that makes nothing before a button is pressed. They are kept as they are
 * typed, like any text, and stand in the field again whoever comes back to it.
 */
import { useEffect, useState } from "preact/hooks";
import { isTooLong } from "../../domain/safe-text";
import { t } from "../../i18n";
import { keepDraft, readDraft } from "../../state";
import { useKeeper } from "./keeping";

export interface DraftWords {
  value: string;
  wrong: string | undefined;
  onInput: (text: string) => void;
  onBlur: () => void;
  /** The form was sent or given up. */
  forget: () => Promise<void>;
}

/** `start`: what stands there before anybody typed. */
export function useDraft(name: string, start = ""): DraftWords {
  const [typed, setTyped] = useState<string | null>(null);
  const [kept, setKept] = useState<string | undefined>();
  const keeper = useKeeper(name, (text) => keepDraft(name, text === start ? undefined : text));
  useEffect(() => void readDraft(name).then(setKept, () => undefined), [name]);
  const onInput = (text: string) => {
    setTyped(text);
    keeper.typed(text);
  };
  const value = typed ?? kept ?? start;
  return {
    value,
    wrong: isTooLong(value) ? t("app.too_long_to_send") : undefined,
    onInput,
    onBlur: () => void keeper.flush(),
    forget() {
      onInput(start);
      return keeper.flush();
    },
  };
}
