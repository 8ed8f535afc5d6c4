/** "Ready for offline": one tick when every check holds, else what is still to do. */
import { useState } from "preact/hooks";
import { Button, Icon, List, Row, Sheet, useAnswer } from "../../components";
import { t } from "../../i18n";
import { list, setAside, waiting, type RecordView } from "../../state";
import { CHECKS, tryDevice, type Check, type Findings } from "./checks";
import "./today.css";

function hasPlan(round: RecordView<"round">): boolean {
  return list("slot", `round:${round.id}`).value.length > 0;
}

function CheckRow({ check, holds }: { check: Check; holds: boolean }) {
  return (
    <Row
      start={
        <span class="ready-mark" data-holds={holds || undefined}>
          <Icon name={holds ? "check" : "todo"} size={18} />
        </span>
      }
      title={holds ? t(`networks.ready_${check}`) : t(`networks.missing_${check}`)}
      detail={holds ? undefined : t(`networks.missing_${check}_do`)}
    />
  );
}

export function Ready({ round }: { round: RecordView<"round"> }) {
  const [open, setOpen] = useState(false);
  const tried = useAnswer(tryDevice, "device");
  if (!tried.value) return null;
  const sent = waiting.value.count + setAside.value.length === 0;
  const findings: Findings = { ...tried.value, plan: hasPlan(round), sent };
  const known = CHECKS.filter((check) => findings[check] !== undefined);
  const missing = known.filter((check) => !findings[check]).length;
  return (
    <div class="ready" data-holds={missing === 0 || undefined}>
      <Icon name={missing === 0 ? "check" : "tablet"} />
      <span class="ready-words">
        {missing === 0 ? t("networks.ready") : t("networks.not_ready", { count: missing })}
      </span>
      <Button look="quiet" popup="dialog" onPress={() => setOpen(true)}>
        {missing === 0 ? t("networks.ready_why") : t("networks.ready_look")}
      </Button>
      <Sheet open={open} title={t("networks.ready_title")} onClose={() => setOpen(false)}>
        <List>
          {known.map((check) => (
            <CheckRow key={check} check={check} holds={findings[check] === true} />
          ))}
        </List>
      </Sheet>
    </div>
  );
}
