/** A copy of what has not been sent, as a file in the person's own hands. */
import { localToday } from "../i18n";
import { unsentCopy } from "../state";

/** Hand the browser a file to keep. Works with the radio off: nothing is asked of anybody. */
export async function saveCopy(): Promise<void> {
  const copy = await unsentCopy();
  const url = URL.createObjectURL(new Blob([copy], { type: "application/json" }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `rounds-not-sent-${localToday()}.json`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
