/**
 * The codes of the standards that a focus question bears on, wherever the question stands.
 * They stay when the framework they came from is taken away: rounds of before quote them.
 */
import { codesOf as codesOfStandards } from "../../domain/standards";
import { record, type RecordView } from "../../state";

type Question = RecordView<"focus_question">;

export function codesOf(question: Question): string {
  const found = [...question.fields.standards].map((id) => record("standard", id).value?.fields);
  return codesOfStandards(found.filter((fields) => fields !== undefined)).join(" · ");
}

export function Codes({ question }: { question: Question }) {
  const codes = codesOf(question);
  return codes ? <p class="soft label">{codes}</p> : null;
}
