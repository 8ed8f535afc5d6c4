/**
 * The codes of the standards that a focus question bears on, wherever the question stands.
 * They stay when the framework they came from is taken away: rounds of before quote them.
 */
import { compareText } from "../../i18n";
import { record, type RecordView } from "../../state";

type Question = RecordView<"focus_question">;

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

/** Where a standard has no code, how it begins. */
export function codesOf(question: Question): string {
  const found = [...question.fields.standards]
    .map((id) => record("standard", id).value?.fields)
    .filter((fields) => fields !== undefined);
  const codes = found.map(({ asks, code, text }) => code || (asks ? "" : shortened(text)));
  return codes.filter(Boolean).sort(compareText).join(" · ");
}

export function Codes({ question }: { question: Question }) {
  const codes = codesOf(question);
  return codes ? <p class="soft label">{codes}</p> : null;
}
