/**
 * Agreed cards on paper, eight to a page, each with its short code: to be cut and hung on a
 * real wall. As on the screen, nothing on them tells where a card comes from (rule 15); they
 * lie in the order of their codes, which is no order of teams or visits. A card of many words
 * goes on over further pieces, each with its code and which of them it is.
 */
import { useRoute } from "preact-iso";
import { Button, ElementMark, Empty, Screen } from "../../components";
import { cardCodes } from "../../domain/card-codes";
import { paperParts, type PaperSize } from "../../domain/paper-parts";
import { t } from "../../i18n";
import { boardOf, type Card } from "./board";
import { about } from "./wall-card";
import "../rounds/print.css";
import "./debriefs.css";

const ON_A_PAGE = 8;

/** A card, or one part of a long one. */
interface Piece {
  card: Card;
  code: string;
  words: string;
  size: PaperSize;
  part: number;
  parts: number;
}

function piecesOf(card: Card, code: string): Piece[] {
  const { size, parts } = paperParts(card.fields.text.trim());
  return parts.map((words, at) => ({ card, code, words, size, part: at + 1, parts: parts.length }));
}

function PaperCard({ card, code, words, size, part, parts }: Piece) {
  const { element } = card.fields;
  const described = about(card.fields);
  return (
    <li class="paper-card" data-length={size}>
      <p class="paper-card-head">
        <strong class="paper-code">{code}</strong>
        {parts > 1 && <span class="soft">{t("debriefs.paper_part", { part, parts })}</span>}
        {element && <ElementMark element={element} />}
      </p>
      <p class="paper-card-text">{words}</p>
      {described && <p class="small soft">{described}</p>}
    </li>
  );
}

/** The cards of everybody, or of one team for those who may know which they are. */
function cardsFor(roundId: string, team: string | undefined): readonly Card[] {
  const board = boardOf(roundId);
  return team ? (board.teams.find(({ id }) => id === team)?.agreed ?? []) : board.agreed;
}

export default function PaperCardsScreen() {
  const { round = "", team } = useRoute().params;
  const codes = cardCodes(boardOf(round).agreed.map(({ id }) => id));
  const codeOf = ({ id }: Card) => codes.get(id) ?? "";
  const cards = [...cardsFor(round, team)].sort((a, b) => (codeOf(a) < codeOf(b) ? -1 : 1));
  const pieces = cards.flatMap((card) => piecesOf(card, codeOf(card)));
  const pages = Array.from({ length: Math.ceil(pieces.length / ON_A_PAGE) }, (_, at) =>
    pieces.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE),
  );
  return (
    <Screen
      title={t("debriefs.cards_on_paper")}
      lead={t("debriefs.cards_on_paper_lead")}
      back={{ href: `/rounds/${round}/debrief`, label: t("debriefs.title") }}
      action={
        pages.length > 0 && (
          <Button look="primary" icon="print" onPress={() => window.print()}>
            {t("debriefs.print_summary")}
          </Button>
        )
      }
    >
      {pages.length === 0 && <Empty>{t("debriefs.wall_empty")}</Empty>}
      <div class="papers">
        {pages.map((page, at) => (
          <section key={at} class="print-sheet paper" data-look="cards">
            <ul class="paper-eight">
              {page.map((piece) => (
                <PaperCard key={`${piece.code} ${piece.part}`} {...piece} />
              ))}
            </ul>
            <p class="print-sheet-foot">{t("app.print_line")}</p>
          </section>
        ))}
      </div>
    </Screen>
  );
}
