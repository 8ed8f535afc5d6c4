/** Before the debrief: which runbook, how long it takes, and the one press that begins it. */
import { Button, LinkButton } from "../../components";
import { minutesOf } from "../../domain/runbooks";
import { t } from "../../i18n";
import { ChooseRunbook } from "./choose-runbook";
import { HostPartField } from "./host-part";
import { OwnSchoolHosts } from "./own-school-hosts";
import { keepClock, runbookOf, clockOf } from "./runbook-steps";

export function Begin({ roundId }: { roundId: string }) {
  const runbook = runbookOf(roundId);
  const first = runbook.steps.find((step) => !step.leftOut);
  const begin = () => first && keepClock(runbook, clockOf(first.id, undefined), first.phase);
  return (
    <div class="stack-wide">
      <p class="soft">{t("debriefs.not_begun_lead")}</p>
      <OwnSchoolHosts roundId={roundId} />
      <ChooseRunbook runbook={runbook} />
      <p class="soft">{t("runbooks.takes", { minutes: minutesOf(runbook.steps) })}</p>
      <HostPartField roundId={roundId} />
      <div class="cluster">
        <Button look="primary" onPress={begin}>
          {t("debriefs.begin")}
        </Button>
        <LinkButton look="quiet" icon="edit" href={`/rounds/${roundId}/runbook`}>
          {t("runbooks.change_runbook")}
        </LinkButton>
      </div>
    </div>
  );
}
