/** The plan to read: a draft can be handed to a critical friend as a page. */
import { SIX_QUESTIONS } from "../../domain/rounds";
import type { Key } from "../../i18n";
import { Paper, PaperHead } from "./paper";
import type { PrintProps } from "./paper";
import type { RoundPlan } from "./round-plan";
import { Codes } from "./standard-codes";

export function PlanPages({ plan, words }: PrintProps) {
  const problem = plan.problem?.fields.text.trim();
  const [theory] = plan.theories;
  return (
    <Paper words={words} look="plan">
      <PaperHead plan={plan} words={words} title={words.t("rounds.part.problem")} />
      <p class="as-written">{problem || words.t("rounds.problem.none")}</p>
      <QuestionsLeft plan={plan} words={words} />
      {theory && (
        <>
          <h3>{words.t("rounds.part.theory")}</h3>
          <p>
            <strong>{words.t("rounds.theory.if")}</strong> {theory.fields.if_text}
          </p>
          <p>
            <strong>{words.t("rounds.theory.then")}</strong> {theory.fields.then_text}
          </p>
          <p>
            <strong>{words.t("rounds.theory.so_that")}</strong> {theory.fields.so_that_text}
          </p>
        </>
      )}
      <Lines words={words} title="rounds.part.questions" lines={plan.questions} />
      <Lines words={words} title="rounds.part.norms" lines={plan.norms} />
    </Paper>
  );
}

interface LinesProps {
  words: PrintProps["words"];
  title: Key;
  lines: RoundPlan["questions"] | RoundPlan["norms"];
}

type Question = RoundPlan["questions"][number];

function Lines({ words, title, lines }: LinesProps) {
  const written = [...lines].filter((line) => line.fields.text.trim());
  if (written.length === 0) return null;
  return (
    <>
      <h3>{words.t(title)}</h3>
      <ol class="read-lines">
        {written.map((line) => (
          <li key={line.id}>
            {line.fields.text}
            {"standards" in line.fields && <Codes question={line as Question} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function QuestionsLeft({ plan, words }: PrintProps) {
  const left = SIX_QUESTIONS.filter((field) => plan.problem?.fields[field].trim());
  if (left.length === 0) return null;
  return (
    <>
      <h3>{words.t("rounds.print.six_left")}</h3>
      <dl class="stack">
        {left.map((field) => (
          <div key={field}>
            <dt class="label soft">{words.t(`rounds.problem.q.${field}`)}</dt>
            <dd>{plan.problem?.fields[field]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
