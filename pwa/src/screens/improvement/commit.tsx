/**
 * Commit and reflect: what each member will do, questions that stay with the host, how the
 * norms held, and whether the theory of action still says what people believe.
 */
import { Section } from "../../components";
import { NORM_HELDS } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, may, record, type RecordView } from "../../state";
import { isClosed, type Board } from "../debriefs/board";
import { planOf, type RoundPlan } from "../rounds/round-plan";
import { TheoryRevisited } from "../rounds/theory";
import { ChoiceField } from "../words/chosen-field";
import type { SavedField } from "../words/saved-field";
import { ReadWords, WordsField } from "../words/words-field";
import { firstOf, TooManyFirst } from "./first-items";
import { OwnCommitment } from "./commitment";
import { Questions } from "./reflective-questions";
import "./improvement.css";

function NextTime({ onlyRead, ...place }: SavedField<"norm_check"> & { onlyRead: boolean }) {
  const label = t("improvement.norm_next_time");
  if (onlyRead) return <ReadWords {...place} label={label} />;
  return <WordsField {...place} label={label} long rows={2} />;
}

interface NormProps {
  norm: RecordView<"norm">;
  scope: string;
  onlyRead: boolean;
}

function OneNorm({ norm, scope, onlyRead }: NormProps) {
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
        disabled={onlyRead || !may("norm_check", scope)}
      />
      {held === "look_again" && <NextTime {...place} field="next_time" onlyRead={onlyRead} />}
    </li>
  );
}

function NormsCheck({ plan, onlyRead }: { plan: RoundPlan; onlyRead: boolean }) {
  const norms = plan.norms.filter((norm) => norm.fields.text.trim());
  if (norms.length === 0) return null;
  return (
    <Section title={t("improvement.norms_check")}>
      <p class="soft">{t("improvement.norms_check_lead")}</p>
      <ul class="items-became">
        {norms.map((norm) => (
          <OneNorm key={norm.id} norm={norm} scope={plan.scope} onlyRead={onlyRead} />
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

/**
 * Once the debrief is closed, what was said together is read; what one will do oneself is still
 * one's own to write, and the theory of action is changed where it stands, in the plan.
 */
export function Commit({ board }: { board: Board }) {
  const closed = isClosed(board);
  const plan = planOf(board.roundId);
  if (!plan) return null;
  return (
    <div class="stack-wide">
      <StartWith board={board} />
      <OwnCommitment roundId={board.roundId} />
      <Questions plan={plan} onlyRead={closed} />
      <NormsCheck plan={plan} onlyRead={closed} />
      {!closed && (
        <Section title={t("rounds.part.theory")}>
          <TheoryRevisited plan={plan} since={board.debrief?.began_at} />
        </Section>
      )}
    </div>
  );
}
