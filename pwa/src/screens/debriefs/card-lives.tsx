/**
 * What became of each card of one's own team: agreed, dotted, rewritten as what, taken back.
 * Nothing is erased. For the team alone, and without who or when.
 */
import { List, Row } from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import type { Board, Card, TeamCards } from "./board";
import { dotsOf, reasonsOf, rewrittenId, type Dot } from "./dots";
import { beginningOf } from "./long-words";

function lifeOf(card: Card, all: ReadonlyMap<string, Card>, dots: readonly Dot[]): string {
  const { standing, made_from } = card.fields;
  const became = all.get(rewrittenId(card.id));
  const before = made_from ? record("card", made_from).value : undefined;
  return [
    before && t("debriefs.came_from", { text: beginningOf(before.fields.text) }),
    dots.length > 0 && t("debriefs.dotted", { reasons: reasonsOf(dots) }),
    became
      ? t("debriefs.became", { text: beginningOf(became.fields.text) })
      : t(`vocabulary.card_standing.${standing ?? "posted"}`),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function CardLives({ board, team }: { board: Board; team: TeamCards }) {
  const all = new Map(team.all.map((card) => [card.id, card]));
  const dots = dotsOf(board);
  const changed = team.all.filter(
    ({ id, fields }) => fields.made_from || fields.standing === "withdrawn" || dots.has(id),
  );
  if (changed.length === 0) return null;
  return (
    <details class="decided">
      <summary>{t("debriefs.life_of_cards")}</summary>
      <List label={t("debriefs.life_of_cards")}>
        {changed.map((card) => (
          <Row
            key={card.id}
            title={beginningOf(card.fields.text)}
            detail={lifeOf(card, all, dots.get(card.id) ?? [])}
          />
        ))}
      </List>
    </details>
  );
}
