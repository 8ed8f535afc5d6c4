/**
 * Moving a card by the keyboard: space picks it up, the arrow keys go from place to place on
 * the wall, space puts it down, Escape leaves it where it was. Each is said aloud.
 */
import { useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";

export interface Spot {
  id: string;
  name: string;
}

interface Carried {
  card: string;
  at: number;
}

export interface Carrying {
  /** The card in hand. */
  card: string | null;
  /** The place it would be put down at. */
  over: string | null;
  /** What a screen reader hears. */
  said: string;
}

export interface Carrier {
  onKey: (event: KeyboardEvent, card: string) => void;
  onLeave: () => void;
}

const WAY: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** `spots`: places in the order of the wall. `placeOf`: where a card lies now. */
export function useCarrying(
  spots: readonly Spot[],
  placeOf: (card: string) => string,
  onDrop: (card: string, spot: string) => Promise<void>,
): [Carrying, Carrier] {
  const [carried, setCarried] = useState<Carried | null>(null);
  const [said, say] = useState("");
  const newest = useRef({ spots, placeOf, onDrop, carried });
  newest.current = { spots, placeOf, onDrop, carried };
  const carrier = useMemo<Carrier>(() => {
    const pickUp = (card: string) => {
      const here = newest.current.placeOf(card);
      const at = Math.max(
        0,
        newest.current.spots.findIndex(({ id }) => id === here),
      );
      setCarried({ card, at });
      say(t("debriefs.picked_up_at", { name: newest.current.spots[at]?.name ?? "" }));
    };
    const go = ({ card, at }: Carried, way: number) => {
      const all = newest.current.spots;
      const next = (at + way + all.length) % all.length;
      setCarried({ card, at: next });
      say(t("debriefs.over_place", { name: all[next]?.name ?? "" }));
    };
    const putDown = async ({ card, at }: Carried) => {
      const spot = newest.current.spots[at];
      setCarried(null);
      if (!spot) return;
      await newest.current.onDrop(card, spot.id);
      say(t("debriefs.put_down_at", { name: spot.name }));
    };
    const leave = () => {
      if (!newest.current.carried) return;
      setCarried(null);
      say(t("debriefs.put_back"));
    };
    return {
      onLeave: leave,
      onKey(event, card) {
        const inHand = newest.current.carried;
        const way = WAY[event.key];
        const isPress = event.key === " " || event.key === "Enter";
        if (!isPress && !(inHand && (way !== undefined || event.key === "Escape"))) return;
        event.preventDefault();
        if (!inHand) pickUp(card);
        else if (isPress) void putDown(inHand);
        else if (way !== undefined) go(inHand, way);
        else leave();
      },
    };
  }, []);
  const over = carried ? (spots[carried.at]?.id ?? null) : null;
  return [{ card: carried?.card ?? null, over, said }, carrier];
}
