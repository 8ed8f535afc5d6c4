/** Which runbook a round goes by: one that ships, or one of the network's own. */
import { Choice } from "../../components";
import { minutesOf, runbookId, shippedSteps, SHIPPED } from "../../domain/runbooks";
import { t } from "../../i18n";
import { chooseRunbook, templates, type Runbook } from "./runbook-steps";

function options(roundId: string) {
  const shipped = SHIPPED.map((name) => {
    const minutes = minutesOf(shippedSteps(runbookId(roundId, name), name));
    return {
      value: name as string,
      label: t("runbooks.with_minutes", { name: t(`runbooks.${name}`), minutes }),
    };
  });
  const kept = templates().map(({ id, fields }) => ({
    value: id,
    label: fields.name.trim() || t("runbooks.unnamed"),
  }));
  return [...shipped, ...kept];
}

export function ChooseRunbook({ runbook }: { runbook: Runbook }) {
  const { roundId, id, mayChange } = runbook;
  const choices = options(roundId);
  const chosen = choices.find(({ value }) => runbookId(roundId, value) === id);
  return (
    <Choice
      label={t("runbooks.choose")}
      hint={t("runbooks.choose_hint")}
      options={choices}
      value={chosen?.value ?? null}
      disabled={!mayChange}
      onChange={(choice) => void chooseRunbook(roundId, choice)}
    />
  );
}
