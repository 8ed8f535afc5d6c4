/**
 * The problem of practice, with six questions beside it to think with.
 *
 * A lead or critical friend may leave one question at each. Nothing is ticked or counted.
 */
import { useState } from "preact/hooks";
import { Button, LinkButton } from "../../components";
import { SIX_QUESTIONS } from "../../domain/rounds";
import { t } from "../../i18n";
import { may } from "../../state";
import type { RoundPlan } from "./round-plan";
import type { SavedField } from "../words/saved-field";
import { storedWords, WordsField } from "../words/words-field";

type Target = Omit<SavedField<"problem_of_practice">, "field">;

export function ProblemPart({ plan }: { plan: RoundPlan }) {
  const target: Target = { kind: "problem_of_practice", id: plan.problemId, scope: plan.scope };
  return (
    <div class="problem">
      <div class="stack">
        <WordsField
          {...target}
          field="text"
          label={t("rounds.problem.text")}
          hint={t("rounds.problem.text_hint")}
          long
          rows={6}
        />
        <div>
          <LinkButton icon="print" href={`/rounds/${plan.id}/print/plan`}>
            {t("rounds.problem.share")}
          </LinkButton>
        </div>
      </div>
      <section class="section">
        <h2>{t("rounds.problem.six")}</h2>
        {may(target.kind, target.scope) && <p class="soft label">{t("rounds.problem.six_hint")}</p>}
        <ul class="list">
          {SIX_QUESTIONS.map((field) => (
            <SixQuestion key={field} {...target} field={field} />
          ))}
        </ul>
      </section>
    </div>
  );
}

type Six = Target & { field: (typeof SIX_QUESTIONS)[number] };

function SixQuestion(target: Six) {
  const [asking, setAsking] = useState(false);
  const left = storedWords(target).trim() !== "";
  return (
    <li class="six-question">
      <p>{t(`rounds.problem.q.${target.field}`)}</p>
      {left || asking ? (
        <WordsField {...target} label={t("rounds.problem.left")} long rows={1} />
      ) : (
        may(target.kind, target.scope) && (
          <Button
            look="quiet"
            label={`${t("rounds.problem.leave")}: ${t(`rounds.problem.q.${target.field}`)}`}
            onPress={() => setAsking(true)}
          >
            {t("rounds.problem.leave")}
          </Button>
        )
      )}
    </li>
  );
}
