/**
 * A card on the wall: its words and its core element, in a colour and a shape, and nothing of
 * where it comes from (rule 15). Drawn again only when it changed.
 */
import { useMemo, useRef } from "preact/hooks";
import { ElementMark } from "../../components";
import { t } from "../../i18n";
import type { Card } from "./board";
import type { Carrier } from "./carrying";
import type { Hands } from "./dragging";
import { beginningOf, CardWords } from "./long-words";

/** What cards need of their wall. Never changes while the wall is shown. */
export interface Hold extends Hands {
  carrier: Carrier;
  /** Id of the words on how the keyboard moves a card. */
  howTo: string;
  onMove: (card: string) => void;
  /** Brings the card that an act of this person's own hung elsewhere back before their eyes. */
  follow: (card: string | undefined) => void;
}

export function about({ grade_band, subject }: Card["fields"]): string {
  const words = [
    grade_band && t(`vocabulary.grade_band.${grade_band}`),
    subject && t(`vocabulary.school_subject.${subject}`),
  ];
  return words.filter(Boolean).join(" · ");
}

/** What a card says, wherever it is only read. */
export function CardFace({ card }: { card: Card }) {
  const described = about(card.fields);
  return (
    <>
      {card.fields.element && <ElementMark element={card.fields.element} />}
      <CardWords text={card.fields.text} look="wall-card-text" />
      {described && <p class="small soft">{described}</p>}
    </>
  );
}

/** Two plain buttons: six hundred of each hang on one wall. To press twice opens one menu. */
function Foot({ card, hold }: { card: Card; hold: Hold }) {
  const text = beginningOf(card.fields.text);
  return (
    <div class="wall-card-foot">
      <button
        type="button"
        class="wall-grip"
        data-grip={card.id}
        aria-label={t("debriefs.drag", { text })}
        aria-describedby={hold.howTo}
        onKeyDown={(event) => hold.carrier.onKey(event, card.id)}
        onBlur={hold.carrier.onLeave}
      />
      <button
        type="button"
        class="button"
        data-look="quiet"
        aria-label={`${t("debriefs.move_to")} ${text}`}
        aria-haspopup="dialog"
        onClick={() => hold.onMove(card.id)}
      >
        {t("debriefs.move_to")}
      </button>
    </div>
  );
}

/** hold: null for whoever only reads. */
export function WallCard({ card, hold }: { card: Card; hold: Hold | null }) {
  return useMemo(
    () => (
      <li class="wall-card" data-movable={hold ? card.id : undefined}>
        <CardFace card={card} />
        {hold && <Foot card={card} hold={hold} />}
      </li>
    ),
    [card, hold],
  );
}

/** The same list while it holds the same: most of a wall has no part in a move. */
function useSame<T>(all: readonly T[]): readonly T[] {
  const last = useRef(all);
  const isSame =
    last.current.length === all.length && last.current.every((each, at) => each === all[at]);
  if (!isSame) last.current = all;
  return last.current;
}

export function WallCards({ cards, hold }: { cards: readonly Card[]; hold: Hold | null }) {
  const same = useSame(cards);
  return useMemo(
    () => (
      <ul class="wall-cards" style={{ "--cards": same.length }}>
        {same.map((card) => (
          <WallCard key={card.id} card={card} hold={hold} />
        ))}
      </ul>
    ),
    [same, hold],
  );
}
