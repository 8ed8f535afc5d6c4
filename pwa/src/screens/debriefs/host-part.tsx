/** What the host does until the host's turn: listens, or takes part. Said on every step before. */
import { HOST_PARTS, type HostPart } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, may, record } from "../../state";
import { ChoiceField } from "../words/chosen-field";

/** Listens, where nobody said otherwise. */
export function hostPartOf(roundId: string): HostPart {
  const debrief = record("debrief", derivedId(roundId, "debrief")).value;
  return debrief?.fields.host_part ?? "listens";
}

/** "The host listens": stated on every step before the host's turn. */
export function hostStated(roundId: string): string {
  return t(`debriefs.host_stated.${hostPartOf(roundId)}`);
}

export function HostPartField({ roundId }: { roundId: string }) {
  const scope = `round:${roundId}`;
  if (!may("debrief", scope)) return null;
  return (
    <ChoiceField
      kind="debrief"
      id={derivedId(roundId, "debrief")}
      scope={scope}
      field="host_part"
      label={t("debriefs.host_part")}
      hint={t("debriefs.host_part_hint")}
      options={HOST_PARTS.map((value) => ({ value, label: t(`vocabulary.host_part.${value}`) }))}
      value={hostPartOf(roundId)}
    />
  );
}
