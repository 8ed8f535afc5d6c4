/**
 * Where a card was read in several ways, and what the ways are: words and how many, never who.
 * A card that fewer than three have read is not shown: each would see how the other read.
 */
import { Empty } from "../../components";
import { BEARINGS, FEWEST_READERS, waysOf } from "../../domain/readings";
import { CORE_ELEMENTS } from "../../generated/records";
import { formatList, t } from "../../i18n";
import type { Board, Card } from "../debriefs/board";
import { answersOf, asksOf, readingsOf, type Ask } from "./readings";

function wordAt(ask: Ask, place: number): string {
  return ask === "element"
    ? t(`vocabulary.core_element.${CORE_ELEMENTS[place]!}`)
    : t(`agreement.bearing.${BEARINGS[place]!}`);
}

/** One line for each question that this card's readers answered in several ways. */
function linesOf(board: Board, card: Card): string[] {
  const readings = readingsOf(board).filter(({ fields }) => fields.card === card.id);
  return asksOf(board).flatMap((ask) => {
    const answers = answersOf(ask, readings).filter(({ word }) => word !== null);
    const found = waysOf(answers);
    if (answers.length < FEWEST_READERS || found.length < 2) return [];
    const ways = formatList(
      found.map(([place, count]) =>
        t("agreement.way", { count, word: wordAt(ask, place).toLocaleLowerCase() }),
      ),
    );
    return ask === "element"
      ? [t("agreement.about_ways", { ways })]
      : [t("agreement.question_ways", { question: ask.text, ways })];
  });
}

function isReadByEnough(board: Board, card: Card): boolean {
  const read = readingsOf(board).filter(({ fields }) => fields.card === card.id);
  return read.length >= FEWEST_READERS;
}

export function Differently({ board, cards }: { board: Board; cards: readonly Card[] }) {
  if (!cards.some((card) => isReadByEnough(board, card))) {
    const closed = Boolean(board.debrief?.closed_at);
    return <Empty>{t(closed ? "agreement.none_to_show" : "agreement.wait")}</Empty>;
  }
  const differing = cards
    .map((card) => ({ card, lines: linesOf(board, card) }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <div class="stack">
      <h3>{t("agreement.differently")}</h3>
      {differing.length === 0 ? (
        <p>{t("agreement.nothing_differs")}</p>
      ) : (
        <>
          <p class="soft">{t("agreement.differently_lead")}</p>
          <ul class="checked-cards">
            {differing.map(({ card, lines }) => (
              <li key={card.id} class="checked-card stack">
                <p class="wall-card-text">{card.fields.text}</p>
                <ul class="ways">
                  {lines.map((line) => (
                    <li key={line} class="soft">
                      {line}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
