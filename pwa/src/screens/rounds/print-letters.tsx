/** What the school tells beforehand: a letter to its staff, a notice to the association. */
import { schoolName } from "../names";
import type { Words } from "./in-language";
import { Paper } from "./paper";
import type { PrintProps } from "./paper";
import { type RoundPlan } from "./round-plan";

export function StaffLetter(props: PrintProps) {
  const { plan, words } = props;
  return (
    <Paper words={words} look="letter">
      <Opening {...props} dear="rounds.print.letter.dear" />
      <Problem {...props} />
      <p>{words.t("rounds.print.letter.is_not")}</p>
      <p>{words.t("rounds.print.letter.please")}</p>
      <p>{words.t("rounds.print.letter.after")}</p>
      <Closing plan={plan} words={words} />
    </Paper>
  );
}

export function AssociationNotice(props: PrintProps) {
  const { plan, words } = props;
  const norms = plan.norms.filter((norm) => norm.fields.text.trim());
  return (
    <>
      <Paper words={words} look="letter">
        <Opening {...props} dear="rounds.print.letter.dear_association" />
        <p>{words.t("rounds.print.letter.is_not")}</p>
        <p>{words.t("rounds.print.letter.association")}</p>
        <p>{words.t("rounds.print.letter.after")}</p>
        <Closing plan={plan} words={words} />
      </Paper>
      {norms.length > 0 && (
        <Paper words={words} look="letter">
          <h2 class="paper-title">{words.t("rounds.print.letter.norms")}</h2>
          <ol class="read-lines">
            {norms.map((norm) => (
              <li key={norm.id}>{norm.fields.text}</li>
            ))}
          </ol>
        </Paper>
      )}
    </>
  );
}

/** The first sentence says when, as far as the plan does. */
function whatHappens(plan: RoundPlan, words: Words): string {
  const { visits_on, begins_at, ends_at, host_school, visit_minutes } = plan.round.fields;
  const school = schoolName(host_school) || "____________";
  const minutes = visit_minutes ?? 20;
  if (!visits_on || !begins_at || !ends_at)
    return words.t("rounds.print.letter.what_bare", { school, minutes });
  return words.t("rounds.print.letter.what", {
    school,
    minutes,
    date: words.date(visits_on),
    from: words.time(begins_at),
    to: words.time(ends_at),
  });
}

type Dear = "rounds.print.letter.dear" | "rounds.print.letter.dear_association";

function Opening({ plan, words, dear }: PrintProps & { dear: Dear }) {
  const { visits_on } = plan.round.fields;
  const date = visits_on ? words.date(visits_on) : "____________";
  return (
    <>
      <h2 class="paper-title">{words.t("rounds.print.letter.title", { date })}</h2>
      <p>{words.t(dear)}</p>
      <p>{whatHappens(plan, words)}</p>
    </>
  );
}

function Problem({ plan, words }: PrintProps) {
  const problem = plan.problem?.fields.text.trim();
  if (!problem) return null;
  return (
    <>
      <p>{words.t("rounds.print.letter.problem")}</p>
      <blockquote class="as-written">{problem}</blockquote>
    </>
  );
}

function Closing({ plan, words }: PrintProps) {
  const phone = plan.round.fields.phone.trim();
  return (
    <>
      {phone && <p>{words.t("rounds.print.letter.questions", { phone })}</p>}
      <p>{words.t("rounds.print.letter.signed")}</p>
      <p class="sign-here">{words.t("rounds.print.letter.signature")}</p>
    </>
  );
}
