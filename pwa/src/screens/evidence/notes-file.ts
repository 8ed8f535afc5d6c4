/** Own notes as a text file, made on the device: it works offline and is sent nowhere. */
import { t } from "../../i18n";
import { saveFile } from "../download";
import type { NoteView } from "./own-notes";

interface Part {
  title: string;
  notes: readonly NoteView[];
}

function lineOf({ fields }: NoteView): string {
  const about = fields.element ? ` (${t(`vocabulary.core_element.${fields.element}`)})` : "";
  return `${String(fields.minute ?? 0).padStart(3)}′${about}  ${fields.text}`;
}

export function notesAsText(title: string, parts: readonly Part[]): string {
  const body = parts.map((part) => [part.title, ...part.notes.map(lineOf)].join("\n"));
  return [title, t("evidence.file_line"), "", body.join("\n\n"), ""].join("\n");
}

export function saveTextFile(name: string, text: string): void {
  saveFile(new File([text], `${name}.txt`, { type: "text/plain;charset=utf-8" }));
}
