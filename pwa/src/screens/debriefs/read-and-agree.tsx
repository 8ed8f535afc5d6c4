/**
 * Read and agree: each team reads its own cards aloud, one by one. Specific? Without
 * judgement? An agreed card goes up; the others go back to their author.
 *
 * Never shows who wrote a card, and never another team's cards before they are agreed.
 */
import {
  Banner,
  Button,
  ElementMark,
  Empty,
  List,
  Row,
  Section,
  showToast,
} from "../../components";
import { t } from "../../i18n";
import { save } from "../../state";
import { CardLives } from "./card-lives";
import type { Board, Card, TeamCards } from "./board";
import { EachTeam } from "./each-team";
import { beginningOf, CardWords, mentionOf } from "./long-words";

type Standing = "agreed" | "returned" | "posted";

function put(board: Board, card: Card, standing: Standing): Promise<void> {
  return save("card", card.id, board.scope, { standing });
}

async function decide(board: Board, card: Card, standing: Standing): Promise<void> {
  const before = card.fields.standing;
  await put(board, card, standing);
  showToast({
    text: t(standing === "agreed" ? "debriefs.card_agreed" : "debriefs.card_returned", {
      text: mentionOf(card.fields.text),
    }),
    undo: () => save("card", card.id, board.scope, { standing: before ?? "posted" }),
  });
}

export function CardInHand({ board, card, left }: { board: Board; card: Card; left: number }) {
  return (
    <article class="card-in-hand stack" aria-label={t("debriefs.card_to_read")}>
      <p class="label soft figures">{t("debriefs.cards_left", { count: left })}</p>
      {card.fields.element && <ElementMark element={card.fields.element} />}
      <CardWords text={card.fields.text} look="card-in-hand-text" />
      <p class="soft">{t("debriefs.two_questions")}</p>
      <div class="cluster">
        <Button look="primary" icon="check" onPress={() => decide(board, card, "agreed")}>
          {t("debriefs.agree_on_card")}
        </Button>
        <Button icon="undo" onPress={() => decide(board, card, "returned")}>
          {t("debriefs.give_back")}
        </Button>
      </div>
    </article>
  );
}

/** The next card to read aloud: in the order of ids, which says nothing of who wrote it. */
export function nextToRead(team: TeamCards): Card | undefined {
  return [...team.posted].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

function OwnTeam({ board, team }: { board: Board; team: TeamCards }) {
  const card = nextToRead(team);
  const decided = [...team.agreed, ...team.returned];
  return (
    <Section title={team.name}>
      <p class="soft">{inFrom(team)}</p>
      {card ? (
        <CardInHand key={card.id} board={board} card={card} left={team.posted.length} />
      ) : (
        <Empty>{t(decided.length === 0 ? "debriefs.no_cards_yet" : "debriefs.all_read")}</Empty>
      )}
      {decided.length > 0 && <Decided board={board} cards={decided} />}
      <CardLives board={board} team={team} />
    </Section>
  );
}

function Decided({ board, cards }: { board: Board; cards: Card[] }) {
  return (
    <details class="decided">
      <summary>{t("debriefs.cards_read", { count: cards.length })}</summary>
      <List label={t("debriefs.cards_read", { count: cards.length })}>
        {cards.map((card) => (
          <Row
            key={card.id}
            title={beginningOf(card.fields.text)}
            detail={t(`vocabulary.card_standing.${card.fields.standing ?? "posted"}`)}
            end={
              <Button
                look="quiet"
                label={`${t("debriefs.read_again")}: ${beginningOf(card.fields.text)}`}
                onPress={() => put(board, card, "posted")}
              >
                {t("debriefs.read_again")}
              </Button>
            }
          />
        ))}
      </List>
    </details>
  );
}

/** "Cards in from 3 of 4": how many, never who. */
function inFrom(team: TeamCards): string {
  return t("debriefs.cards_in_from", { posted: team.postedCount, members: team.memberCount });
}

export function howFar(team: TeamCards): string {
  if (team.posted.length > 0) return t("debriefs.cards_left", { count: team.posted.length });
  return team.agreed.length > 0 ? t("debriefs.team_has_agreed") : t("debriefs.team_has_none");
}

/** How many of each team handed cards in, before anything is read: when to go on. */
export function CardsIn({ board }: { board: Board }) {
  if (!board.mayLead || !board.maySeeSources || board.teams.length === 0) return null;
  const title = t("debriefs.the_teams");
  return (
    <Section title={title}>
      <List label={title}>
        {board.teams.map((team) => (
          <Row key={team.id} title={team.name} detail={inFrom(team)} />
        ))}
      </List>
    </Section>
  );
}

/** Each team on its own tablets; whoever leads may read for one that has none. */
export function ReadAndAgree({ board }: { board: Board }) {
  const isSeen = board.teams.some(({ mine }) => mine) || (board.mayLead && board.teams.length > 0);
  if (!board.maySeeSources || !isSeen) {
    return <Banner icon="people">{t("debriefs.teams_are_reading")}</Banner>;
  }
  return (
    <EachTeam
      board={board}
      teams={board.teams}
      part={(team) => <OwnTeam key={team.id} board={board} team={team} />}
      about={(team) => `${inFrom(team)} · ${howFar(team)}`}
      hasPart={(team) => team.posted.length > 0}
      doHere={({ name }) => t("handing.read_for", { team: name })}
    />
  );
}
