/** "?": why a step is there, in two sentences, by a press or by the key; without a network too. */
import { useEffect, useState } from "preact/hooks";
import { Button, Sheet } from "../../components";
import { t } from "../../i18n";

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog") !== null;
}

export function StepWhy({ why }: { why: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const ask = ({ key, target }: KeyboardEvent) => {
      if (key === "?" && !isWriting(target)) setOpen(true);
    };
    document.addEventListener("keydown", ask);
    return () => document.removeEventListener("keydown", ask);
  }, []);
  if (!why) return null;
  return (
    <>
      <Button
        look="quiet"
        label={`? ${t("debriefs.why")}`}
        popup="dialog"
        onPress={() => setOpen(true)}
      >
        ?
      </Button>
      <Sheet open={open} title={t("debriefs.why")} onClose={() => setOpen(false)}>
        <p class="step-words">{why}</p>
      </Sheet>
    </>
  );
}
