/**
 * A lead reminds the host to read the summary: a notice says that it waits, and nothing of what
 * is in it. Kept with the summary, so that every lead sees when it was done last.
 */
import { Button } from "../../components";
import { mayRemindFrom } from "../../domain/notices";
import { formatMoment, t } from "../../i18n";
import { derivedId, list, may, record, save, serverNow } from "../../state";

const KIND = "return_summary";

function hasHost(scope: string): boolean {
  return list("participant", scope).value.some(({ fields }) => fields.roles.has("host"));
}

interface LastProps {
  last: string | null | undefined;
  from: number;
}

function LastReminded({ last, from }: LastProps) {
  if (!last) return <p class="soft label">{t("debriefs.reminding")}</p>;
  const moments = { moment: formatMoment(last), again: formatMoment(new Date(from).toISOString()) };
  return (
    <p class="soft label" role="status">
      {t(from > serverNow() ? "debriefs.reminded_again_from" : "debriefs.reminded", moments)}
    </p>
  );
}

export function RemindHost({ roundId }: { roundId: string }) {
  const scope = `round:${roundId}`;
  const id = derivedId(roundId, "summary");
  if (!may(KIND, scope, ["reminded_at"])) return null;
  if (!hasHost(scope)) return <p class="soft label">{t("debriefs.nobody_to_remind")}</p>;
  const last = record(KIND, id).value?.fields.reminded_at;
  const from = mayRemindFrom(last);
  const remind = () => save(KIND, id, scope, { reminded_at: new Date(serverNow()).toISOString() });
  return (
    <div class="stack">
      <div>
        <Button look="primary" disabled={from > serverNow()} onPress={remind}>
          {t("debriefs.remind_host")}
        </Button>
      </div>
      <LastReminded {...{ last, from }} />
    </div>
  );
}
