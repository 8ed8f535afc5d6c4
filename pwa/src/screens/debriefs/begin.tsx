/** Before the debrief: its steps, how long they take, and the one press that begins it. */
import { Button, LinkButton } from "../../components";
import { minutesOf } from "../../domain/runbooks";
import { PHASES } from "../../generated/records";
import { formatClock, t } from "../../i18n";
import { serverNow } from "../../state";
import { ChooseRunbook } from "./choose-runbook";
import { goTo } from "./control-strip";
import { HostPartField } from "./host-part";
import { OwnSchoolHosts } from "./own-school-hosts";
import { runbookOf, wordsOf, type Runbook } from "./runbook-steps";

const MINUTE_MS = 60_000;

/** What the afternoon will be, phase by phase: nobody begins what they cannot see the end of. */
function Ahead({ steps }: Pick<Runbook, "steps">) {
  const kept = steps.filter((step) => !step.leftOut);
  return (
    <dl class="steps-ahead">
      {PHASES.map((phase) => (
        <div key={phase}>
          <dt>{t(`vocabulary.phase.${phase}`)}</dt>
          {kept
            .filter((step) => step.phase === phase)
            .map((step) => (
              <dd key={step.id}>
                {wordsOf(step).title}
                <span class="soft figures">{t("runbooks.minutes", { count: step.minutes })}</span>
              </dd>
            ))}
        </div>
      ))}
    </dl>
  );
}

/** The minutes of the steps, and the time of day at which they are over. */
function takes(steps: Runbook["steps"]): string {
  const minutes = minutesOf(steps);
  const ends = new Date(serverNow() + minutes * MINUTE_MS).toISOString();
  return t("runbooks.takes_until", { minutes, time: formatClock(ends) });
}

export function Begin({ roundId }: { roundId: string }) {
  const runbook = runbookOf(roundId);
  const first = runbook.steps.find((step) => !step.leftOut);
  const begin = () => first && goTo(runbook, first);
  return (
    <div class="stack-wide">
      <p class="soft">{t("debriefs.not_begun_lead")}</p>
      <OwnSchoolHosts roundId={roundId} />
      <ChooseRunbook runbook={runbook} />
      <div class="stack">
        <p>{takes(runbook.steps)}</p>
        <Ahead steps={runbook.steps} />
      </div>
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
