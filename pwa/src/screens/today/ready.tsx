/** "Ready for offline": one tick when every check holds, else what is still to do. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Icon, List, Row, Sheet, useAnswer } from "../../components";
import { loadAllWords, t } from "../../i18n";
import { list, setAside, waiting, type RecordView } from "../../state";
import { CHECKS, mayBeShared, tryDevice, type Check, type Findings } from "./checks";
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
      title={holds ? t(`today.ready_${check}`) : t(`today.missing_${check}`)}
      detail={holds ? undefined : t(`today.missing_${check}_do`)}
    />
  );
}

type Lazy = () => ComponentChildren;

/** The warm-up and its words are fetched when somebody wants them; both are kept offline. */
function WarmUpSheet({ onClose }: { onClose: () => void }) {
  const [Inside, setInside] = useState<{ of: Lazy }>();
  useEffect(() => {
    void Promise.all([import("./warm-up"), loadAllWords()]).then(([{ WarmUp }]) =>
      setInside({ of: WarmUp }),
    );
  }, []);
  return (
    <Sheet open title={Inside ? t("rounds.warm_up.title") : ""} onClose={onClose}>
      {Inside && <Inside.of />}
    </Sheet>
  );
}

interface CheckedProps {
  findings: Findings;
  onAgain: () => void;
  onWarmUp: () => void;
}

function Checked({ findings, onAgain, onWarmUp }: CheckedProps) {
  return (
    <>
      <List>
        {knownOf(findings).map((check) => (
          <CheckRow key={check} check={check} holds={findings[check] === true} />
        ))}
      </List>
      {mayBeShared() && <p class="soft">{t("today.ready_shared_ipad")}</p>}
      <div class="cluster">
        <Button icon="note" popup="dialog" onPress={onWarmUp}>
          {t("today.warm_up")}
        </Button>
        <Button look="quiet" onPress={onAgain}>
          {t("today.ready_again")}
        </Button>
      </div>
    </>
  );
}

const knownOf = (findings: Findings) => CHECKS.filter((check) => findings[check] !== undefined);

type Open = "checks" | "warm_up" | null;

export function Ready({ round }: { round: RecordView<"round"> }) {
  const [open, setOpen] = useState<Open>(null);
  const tried = useAnswer(tryDevice, "device");
  if (!tried.value) return null;
  const sent = waiting.value.count + setAside.value.length === 0;
  const findings: Findings = { ...tried.value, plan: hasPlan(round), sent };
  const missing = knownOf(findings).filter((check) => !findings[check]).length;
  const look = () => {
    tried.again();
    setOpen("checks");
  };
  return (
    <div class="ready" data-holds={missing === 0 || undefined}>
      <Icon name={missing === 0 ? "check" : "tablet"} />
      <span class="ready-words">
        {missing === 0 ? t("today.ready") : t("today.not_ready", { count: missing })}
      </span>
      <Button look="quiet" popup="dialog" onPress={look}>
        {missing === 0 ? t("today.ready_why") : t("today.ready_look")}
      </Button>
      <Sheet
        open={open === "checks"}
        title={t("today.ready_title")}
        onClose={() => setOpen((now) => (now === "checks" ? null : now))}
      >
        <Checked findings={findings} onAgain={tried.again} onWarmUp={() => setOpen("warm_up")} />
      </Sheet>
      {open === "warm_up" && <WarmUpSheet onClose={() => setOpen(null)} />}
    </div>
  );
}
