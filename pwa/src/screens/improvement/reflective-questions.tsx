/** Questions that the visitors leave with the host: to think about, not to answer. */
import { Section } from "../../components";
import { t } from "../../i18n";
import { list, may, type RecordView } from "../../state";
import { OrderedLines } from "../rounds/ordered-lines";
import type { RoundPlan } from "../rounds/round-plan";

type Question = RecordView<"reflective_question">;

/** In the order in which they were written; who wrote them is not shown to anybody. */
export function reflectiveQuestions(scope: string): Question[] {
  const written = [...list("reflective_question", scope).value];
  const place = ({ fields, id }: Question) => `${String(fields.order ?? 0).padStart(5, "0")}${id}`;
  return written.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

export function Questions({ plan, onlyRead }: { plan: RoundPlan; onlyRead: boolean }) {
  const lines = reflectiveQuestions(plan.scope);
  const writes = may("reflective_question", plan.scope) && !onlyRead;
  const none = !writes && lines.every((line) => !line.fields.text.trim());
  return (
    <Section title={t("improvement.reflective")}>
      <p class="soft">{t(none ? "improvement.reflective_none" : "improvement.reflective_lead")}</p>
      <OrderedLines
        kind="reflective_question"
        plan={plan}
        lines={lines}
        onlyRead={onlyRead}
        nth={(number) => t("improvement.reflective_nth", { number })}
        add={t("improvement.reflective_add")}
        removed={t("improvement.reflective_removed")}
      />
    </Section>
  );
}
