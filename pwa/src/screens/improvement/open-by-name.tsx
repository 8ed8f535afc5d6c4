/**
 * The host lets others read then and now under the school's name: the one place where patterns
 * over rounds name a school, beside no other (rule 16). Only for whom the summary is open to.
 */
import { Section, Toggle } from "../../components";
import type { Audience } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, may, record, save } from "../../state";

const READERS: readonly Audience[] = ["network", "district"];

export function OpenByName({ scope, roundId }: { scope: string; roundId: string }) {
  const id = derivedId(roundId, "summary");
  const fields = record("return_summary", id).value?.fields;
  if (!fields || !may("return_summary", scope, ["then_and_now"])) return null;
  const open = fields.opened ?? new Set<string>();
  return (
    <div class="no-print stack-wide">
      <Section title={t("improvement.by_name")}>
        <p class="soft">{t("improvement.by_name_lead")}</p>
        {READERS.map((audience) => (
          <Toggle
            key={audience}
            label={t(`vocabulary.audience.${audience}`)}
            {...(!open.has(audience) && { hint: t("improvement.by_name_summary_first") })}
            checked={fields.then_and_now?.has(audience) ?? false}
            disabled={!open.has(audience) && !fields.then_and_now?.has(audience)}
            onChange={(on) =>
              save("return_summary", id, scope, { [`then_and_now/${audience}`]: on })
            }
          />
        ))}
      </Section>
    </div>
  );
}
