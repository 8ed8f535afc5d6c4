/** The focus questions of a round as its return summary tells them, with their standards' codes. */
import { Section } from "../../components";
import { t } from "../../i18n";
import { list, save } from "../../state";
import { Codes } from "../rounds/standard-codes";
import type { Checked } from "./names-check";

function questionsOf(scope: string) {
  return list("focus_question", scope)
    .value.filter(({ fields }) => fields.text.trim())
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0));
}

/** They leave with the page, so the name check reads them too. */
export function questionsToCheck(scope: string): Checked[] {
  return questionsOf(scope).map(({ id, fields }) => ({
    text: fields.text,
    replace: (text: string) => save("focus_question", id, scope, { text }),
  }));
}

export function KeptInMind({ scope }: { scope: string }) {
  const questions = questionsOf(scope);
  if (questions.length === 0) return null;
  return (
    <Section title={t("rounds.part.questions")}>
      <ul class="summary-statements">
        {questions.map((question) => (
          <li key={question.id}>
            {question.fields.text}
            <Codes question={question} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
