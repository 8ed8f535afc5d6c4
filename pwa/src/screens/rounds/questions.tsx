/** Focus questions: what visitors keep in mind, and the standards that each bears on. */
import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { may } from "../../state";
import { OrderedLines } from "./ordered-lines";
import type { RoundPlan } from "./round-plan";
import { Codes } from "./standard-codes";
import { ChooseQuestions, standardsFor, StandardsSheet } from "./standards";

export function QuestionsPart({ plan }: { plan: RoundPlan }) {
  const [chosen, setChosen] = useState<string>();
  const writes = may("focus_question", plan.scope);
  const empty = plan.questions.length === 0;
  const hint = writes ? "rounds.questions.none" : "rounds.questions.none_read";
  const question = (id: string | undefined) => plan.questions.find((each) => each.id === id);
  const below = (id: string) => {
    const found = question(id);
    return found && <Codes question={found} />;
  };
  const standards = (id: string) => ({
    label: t("rounds.questions.standards"),
    onPress: () => setChosen(id),
  });
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
        more={(id) => (standardsFor(question(id)).length > 0 ? [standards(id)] : [])}
        below={below}
      />
      {writes && <ChooseQuestions plan={plan} />}
      <StandardsSheet question={question(chosen)} onClose={() => setChosen(undefined)} />
    </div>
  );
}
