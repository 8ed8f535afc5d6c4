/** A copy of what has not been sent, as a file in the person's own hands. */
import { localToday } from "../i18n";
import { unsentCopy } from "../state";
import { saveFile } from "./download";

export async function saveCopy(): Promise<void> {
  const name = `rounds-not-sent-${localToday()}.json`;
  saveFile(new File([await unsentCopy()], name, { type: "application/json" }));
}
