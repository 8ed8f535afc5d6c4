/**
 * In the hallway: the plan says that the next classroom has begun. It asks, once a slot; the
 * person knows where they are.
 */
import { useState } from "preact/hooks";
import { Banner, Button } from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import type { Go, VisitSlot } from "./day";
import { useNow } from "./room";
import { slotMovedOn, wallClock } from "./visit-clock";
import { schoolZone } from "./visits";

interface HallwayProps {
  round: string;
  slot: VisitSlot;
  slots: readonly VisitSlot[];
  onGo: Go;
}

export function Hallway({ round, slot, slots, onGo }: HallwayProps) {
  const [answered, setAnswered] = useState<string | null>(null);
  const now = useNow(5_000);
  const visitsOn = record("round", round).value?.fields.visits_on ?? null;
  const moved = slotMovedOn(slots, slot, visitsOn, wallClock(schoolZone(), now));
  if (!moved || answered === `${slot.id} ${moved.id}`) return null;
  return (
    <Banner
      action={
        <>
          <Button look="quiet" onPress={() => onGo(moved, true)}>
            {t("evidence.yes_from_this_note")}
          </Button>
          <Button look="quiet" onPress={() => setAnswered(`${slot.id} ${moved.id}`)}>
            {t("evidence.still_here", { visit: slot.label })}
          </Button>
        </>
      }
    >
      {t("evidence.are_you_in", { visit: moved.label })}
    </Banner>
  );
}
