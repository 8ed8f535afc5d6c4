/** The parts of a plan, each with what stands and what is missing, in words. */
import { Icon, List, Row } from "../../components";
import { type PartState } from "../../domain/rounds";
import { formatList, isKey, t, type Key } from "../../i18n";
import { stateOfParts, type RoundPlan } from "./round-plan";

/** What the state of a part says, in the person's language. */
export function partWords({ key, values, fields = [] }: PartState): string {
  const what = formatList(fields.map((field) => lowered(`rounds.day.${field}`)));
  return isKey(key) ? t(key, { ...values, what }) : "";
}

function lowered(key: string): string {
  const words = t(key as Key);
  return words.charAt(0).toLocaleLowerCase() + words.slice(1);
}

interface PlanPartsProps {
  plan: RoundPlan;
  /** The part shown beside. */
  current?: string | undefined;
}

export function PlanParts({ plan, current }: PlanPartsProps) {
  return (
    <List label={t("rounds.parts_label")}>
      {stateOfParts(plan).map((state) => (
        <Row
          key={state.part}
          href={`/rounds/${plan.id}/plan/${state.part}`}
          current={state.part === current}
          start={<PartMark ready={state.ready} />}
          title={t(`rounds.part.${state.part}`)}
          detail={partWords(state)}
        />
      ))}
    </List>
  );
}

/** A tick or an empty ring: shape, and a word for whoever listens. */
function PartMark({ ready }: { ready: boolean }) {
  return (
    <span class="part-mark" data-ready={ready || undefined}>
      {ready && <Icon name="check" size={16} />}
      <span class="only-heard">{t(ready ? "rounds.word_ready" : "rounds.word_missing")}</span>
    </span>
  );
}
