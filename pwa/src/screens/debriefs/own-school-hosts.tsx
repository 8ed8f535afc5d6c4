/**
 * For a lead whose own school hosts: what no tablet of theirs is told, and who is (rule 15).
 * Said while there is time to name somebody, not in front of thirty people.
 */
import { Banner } from "../../components";
import { formatList, t } from "../../i18n";
import { list, may, record } from "../../state";
import { memberName } from "../names";

/** Who facilitates the round and is not of the host school. */
function facilitatorsFromElsewhere(roundId: string): string[] {
  const host = record("round", roundId).value?.fields.host_school;
  return list("participant", `round:${roundId}`).value.flatMap(({ fields }) => {
    const school = fields.member && record("member", fields.member).value?.fields.school;
    const is = fields.roles.has("facilitator") && !fields.roles.has("host");
    return is && fields.member && !(host && school === host) ? [memberName(fields.member)] : [];
  });
}

/** Whether this person leads the round and is kept out of where its cards come from. */
function leadsAtHome(roundId: string): boolean {
  return may("debrief", `round:${roundId}`) && !may("card_source", `visitors:${roundId}`);
}

export function OwnSchoolHosts({ roundId }: { roundId: string }) {
  if (!leadsAtHome(roundId)) return null;
  const named = facilitatorsFromElsewhere(roundId);
  return (
    <Banner icon="people">
      {t("debriefs.own_school_hosts")}{" "}
      {named.length > 0
        ? t("debriefs.others_are_told", { names: formatList(named) })
        : t("debriefs.name_another")}
    </Banner>
  );
}
