/** *Not today*: the classroom is off, no reason asked; a spare number of the team instead. */
import { useState } from "preact/hooks";
import { Button, Sheet, showToast } from "../../components";
import { t } from "../../i18n";
import { slotAt, visitLabel, classroomOf, type Go, type VisitSlot } from "./day";
import { nextSlot } from "./visit-clock";
import { skipSlot, spareFor, takeSpare } from "./visits";

interface NotTodayProps {
  open: boolean;
  onClose: () => void;
  round: string;
  slot: VisitSlot;
  slots: readonly VisitSlot[];
  onGo: Go;
}

export function NotToday({ open, onClose, round, slot, slots, onGo }: NotTodayProps) {
  const [busy, setBusy] = useState(false);
  const spare = spareFor(round, slot);
  const next = nextSlot(slots, slot);

  const skip = async (classroom: string | null) => {
    setBusy(true);
    const undoSkip = await skipSlot(round, slot);
    const taken = classroom ? await takeSpare(round, slot, classroom) : null;
    setBusy(false);
    onClose();
    const instead = taken ? slotAt(round, taken.slot) : next;
    if (instead) onGo(instead);
    const undo = async () => {
      await undoSkip();
      await taken?.undo();
      onGo(slot);
    };
    showToast({ text: t("evidence.is_off", { visit: slot.label }), undo });
  };

  const spareLabel = spare && visitLabel(classroomOf(round, spare.id));
  return (
    <Sheet
      open={open}
      title={t("evidence.not_today_title", { visit: slot.label })}
      onClose={onClose}
      actions={
        <>
          <Button look={spare ? "plain" : "primary"} disabled={busy} onPress={() => skip(null)}>
            {t("evidence.no_spare_now")}
          </Button>
          {spare && spareLabel && (
            <Button look="primary" disabled={busy} onPress={() => skip(spare.id)}>
              {t("evidence.take_spare", { visit: spareLabel })}
            </Button>
          )}
        </>
      }
    >
      <p>{spare ? t("evidence.not_today_words") : t("evidence.not_today_no_spare")}</p>
    </Sheet>
  );
}
