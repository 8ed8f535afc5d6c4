/** The silent reading: one card, what it is about, and whether it bears on each focus question. */
import { useState } from "preact/hooks";
import { Button, Choice, ElementMark, type Option } from "../../components";
import { BEARINGS } from "../../domain/readings";
import { CORE_ELEMENTS } from "../../generated/records";
import { t } from "../../i18n";
import type { Board, Card } from "../debriefs/board";
import { answer, answerTo, asksOf, finish, ownReadings, type Ask } from "./readings";

const ELEMENTS: readonly (readonly [element: (typeof CORE_ELEMENTS)[number], value: string])[] =
  CORE_ELEMENTS.map((element, at) => [element, String(at)]);

function optionsOf(ask: Ask): Option<string>[] {
  if (ask !== "element") {
    const said = BEARINGS.map((word, at) => ({
      value: String(at),
      label: t(`agreement.bearing.${word}`),
    }));
    return said.reverse();
  }
  return ELEMENTS.map(([element, value]) => ({
    value,
    label: "", // The mark says its word.
    mark: <ElementMark element={element} />,
  }));
}

interface AskedProps {
  board: Board;
  card: Card;
  ask: Ask;
}

function Asked({ board, card, ask }: AskedProps) {
  const reading = ownReadings(board).get(card.id);
  const given = reading ? answerTo(ask, reading) : null;
  const label =
    ask === "element" ? t("agreement.what_about") : t("agreement.bears_on", { question: ask.text });
  return (
    <Choice
      label={label}
      options={optionsOf(ask)}
      value={given === null ? null : String(given)}
      onChange={(place) => void answer(board, card.id, ask, Number(place))}
    />
  );
}

/** The places of cards that still wait for an answer. */
function waitingIn(board: Board, cards: readonly Card[]): number[] {
  const own = ownReadings(board);
  const asks = asksOf(board);
  return cards.flatMap(({ id }, at) => {
    const reading = own.get(id);
    const whole = reading && asks.every((ask) => answerTo(ask, reading) !== null);
    return whole ? [] : [at];
  });
}

export function ReadApart({ board, cards }: { board: Board; cards: readonly Card[] }) {
  const waiting = waitingIn(board, cards);
  const [wanted, setWanted] = useState(() => waiting[0] ?? 0);
  const at = Math.min(wanted, cards.length - 1);
  const card = cards[at]!;
  const isLast = at === cards.length - 1;
  return (
    <div class="stack">
      <p class="soft">{t("agreement.in_silence")}</p>
      <article class="card-in-hand stack" aria-label={t("debriefs.card_to_read")}>
        <p class="label soft figures">
          {t("agreement.card_of", { number: at + 1, count: cards.length })}
        </p>
        <p class="card-in-hand-text">{card.fields.text}</p>
        {asksOf(board).map((ask) => (
          <Asked key={`${card.id} ${ask === "element" ? ask : ask.id}`} {...{ board, card, ask }} />
        ))}
        <div class="cluster">
          <Button icon="back" disabled={at === 0} onPress={() => setWanted(at - 1)}>
            {t("agreement.card_before")}
          </Button>
          {isLast ? (
            <Button
              look="primary"
              icon="check"
              disabled={waiting.length > 0}
              onPress={() => finish(board)}
            >
              {t("agreement.finish")}
            </Button>
          ) : (
            <Button look="primary" onPress={() => setWanted(at + 1)}>
              {t("agreement.next_card")}
            </Button>
          )}
        </div>
        {isLast && waiting.length > 0 && <p class="soft">{t("agreement.not_finished")}</p>}
      </article>
    </div>
  );
}
