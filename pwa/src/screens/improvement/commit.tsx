/**
 * Commit and reflect: what each member will do, questions that stay with the host, how the
 * norms held, and whether the theory of action still says what people believe.
 */
import { Section } from "../../components";
import { NORM_HELDS } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, may, record, type RecordView } from "../../state";
import type { Board } from "../debriefs/board";
import { planOf, type RoundPlan } from "../rounds/round-plan";
import { TheoryPart } from "../rounds/theory";
import { ChoiceField } from "../words/chosen-field";
import { WordsField } from "../words/words-field";
import { firstOf, TooManyFirst } from "./first-items";
import { OwnCommitment } from "./commitment";
import { Questions } from "./reflective-questions";
import "./improvement.css";

function OneNorm({ norm, scope }: { norm: RecordView<"norm">; scope: string }) {
  const id = derivedId(norm.id, "check");
  const place = { kind: "norm_check", id, scope } as const;
  const held = record("norm_check", id).value?.fields.held ?? null;
  return (
    <li class="stack">
      <ChoiceField
        {...place}
        field="held"
        label={norm.fields.text}
        options={NORM_HELDS.map((value) => ({ value, label: t(`vocabulary.norm_held.${value}`) }))}
        value={held}
        disabled={!may("norm_check", scope)}
      />
      {held === "look_again" && (
        <WordsField
          {...place}
          field="next_time"
          label={t("improvement.norm_next_time")}
          long
          rows={2}
        />
      )}
    </li>
  );
}

function NormsCheck({ plan }: { plan: RoundPlan }) {
  const norms = plan.norms.filter((norm) => norm.fields.text.trim());
  if (norms.length === 0) return null;
  return (
    <Section title={t("improvement.norms_check")}>
      <p class="soft">{t("improvement.norms_check_lead")}</p>
      <ul class="items-became">
        {norms.map((norm) => (
          <OneNorm key={norm.id} norm={norm} scope={plan.scope} />
        ))}
      </ul>
    </Section>
  );
}

/** What was marked in the step before, to be read once more. */
function StartWith({ board }: { board: Board }) {
  const first = firstOf(board.items).standing;
  if (first.length === 0) return null;
  return (
    <Section title={t("improvement.we_start_with_these")}>
      <ul class="summary-statements">
        {first.map((item) => (
          <li key={item.id}>{item.fields.text}</li>
        ))}
      </ul>
      <TooManyFirst items={board.items} scope={board.scope} />
    </Section>
  );
}

export function Commit({ board }: { board: Board }) {
  const plan = planOf(board.roundId);
  if (!plan) return null;
  return (
    <div class="stack-wide">
      <StartWith board={board} />
      <OwnCommitment roundId={board.roundId} />
      <Questions plan={plan} />
      <NormsCheck plan={plan} />
      <Section title={t("rounds.part.theory")}>
        <TheoryPart plan={plan} />
      </Section>
    </div>
  );
}
