/** Focus questions: what visitors keep in mind. */
import { t } from "../../i18n";
import { may } from "../../state";
import { OrderedLines } from "./ordered-lines";
import type { RoundPlan } from "./round-plan";

export function QuestionsPart({ plan }: { plan: RoundPlan }) {
  const writes = may("focus_question", plan.scope);
  const empty = plan.questions.length === 0;
  const hint = writes ? "rounds.questions.none" : "rounds.questions.none_read";
  return (
    <div class="stack">
      <p class="soft">{t(empty ? hint : "rounds.questions.hint")}</p>
      <OrderedLines
        kind="focus_question"
        plan={plan}
        lines={plan.questions}
        nth={(number) => t("rounds.questions.nth", { number })}
        add={t("rounds.questions.add")}
        removed={t("rounds.questions.removed")}
      />
    </div>
  );
}
