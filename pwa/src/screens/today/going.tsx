/** Whether notes of one's own go soon: what says so is asked for where there are any. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { loadAllWords } from "../../i18n";
import { network } from "../../state";

export function Going() {
  const [shown, setShown] = useState<{ NotesGo: FunctionComponent<{ round?: string }> } | null>(
    null,
  );
  const isAny = Boolean(network.value?.notes_go?.length);
  useEffect(() => {
    if (!isAny) return;
    const asked = Promise.all([import("../retention/notes-go"), loadAllWords()]);
    void asked.then(([{ NotesGo }]) => setShown({ NotesGo })).catch(() => undefined);
  }, [isAny]);
  return isAny && shown ? <shown.NotesGo /> : null;
}
