/**
 * Read and agree: each team reads its own cards aloud, one by one. Specific? Without
 * judgement? An agreed card goes up; the others go back to their author, with a reason.
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
import { DOT_REASONS, type DotReason } from "../../generated/records";
import { t } from "../../i18n";
import { CardLives } from "./card-lives";
import type { Board, Card, TeamCards } from "./board";
import { dotsOf, reasonsOf, standWith } from "./dots";
import { EachTeam } from "./each-team";
import { beginningOf, CardWords, mentionOf } from "./long-words";

interface CardProps {
  board: Board;
  team: TeamCards;
  card: Card;
}

/** In one press with its reason: the author, who may not be in the room, reads it on the card. */
function GiveBack({ board, team, card }: CardProps) {
  const giveBack = async (reason: DotReason) => {
    const undo = await standWith(board, card, team.id, { standing: "returned", reason });
    showToast({ text: t("debriefs.card_returned", { text: mentionOf(card.fields.text) }), undo });
  };
  return (
    <div role="group" aria-label={t("debriefs.give_back")}>
      <p class="soft label">{t("debriefs.give_back")}</p>
      <div class="cluster">
        {DOT_REASONS.map((reason) => (
          <Button
            key={reason}
            icon="undo"
            from={team.posted.length}
            onPress={() => giveBack(reason)}
          >
            {t(`vocabulary.dot_reason.${reason}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/**
 * The buttons stay where they are while one card follows the other, and so does the focus of
 * whoever presses by key; the next card is read aloud by a screen reader.
 */
export function CardInHand({ board, team, card }: CardProps) {
  const agree = async () => {
    const undo = await standWith(board, card, team.id, { standing: "agreed" });
    showToast({ text: t("debriefs.card_agreed", { text: mentionOf(card.fields.text) }), undo });
  };
  const count = team.posted.length;
  return (
    <article class="card-in-hand stack" aria-label={t("debriefs.card_to_read")}>
      <p class="label soft figures">{t("debriefs.cards_left", { count })}</p>
      <div class="stack" aria-live="polite">
        {card.fields.element && <ElementMark element={card.fields.element} />}
        <CardWords key={card.id} text={card.fields.text} look="card-in-hand-text" />
      </div>
      <p class="soft">{t("debriefs.two_questions")}</p>
      <div class="card-answers">
        <div class="cluster">
          <Button look="primary" icon="check" from={count} onPress={agree}>
            {t("debriefs.agree_on_card")}
          </Button>
        </div>
        <GiveBack {...{ board, team, card }} />
      </div>
    </article>
  );
}

/** The next card to read aloud: in the order of ids, which says nothing of who wrote it. */
export function nextToRead(team: TeamCards): Card | undefined {
  return [...team.posted].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** What is said where no card is in hand. */
function nothingInHand({ agreed, returned }: TeamCards): string {
  if (returned.length > 0) return t("debriefs.waits_for_authors", { count: returned.length });
  return t(agreed.length > 0 ? "debriefs.all_read" : "debriefs.no_cards_yet");
}

function OwnTeam({ board, team }: { board: Board; team: TeamCards }) {
  const card = nextToRead(team);
  const { agreed, returned } = team;
  const withAuthors = t("debriefs.with_authors", { count: returned.length });
  return (
    <Section title={team.name}>
      <p class="soft">{inFrom(team)}</p>
      {card ? <CardInHand {...{ board, team, card }} /> : <Empty>{nothingInHand(team)}</Empty>}
      <Decided {...{ board, team }} cards={returned} title={withAuthors} />
      <Decided
        {...{ board, team }}
        cards={agreed}
        title={t("debriefs.cards_read", { count: agreed.length })}
      />
      <CardLives board={board} team={team} />
    </Section>
  );
}

interface DecidedProps {
  board: Board;
  team: TeamCards;
  cards: readonly Card[];
  title: string;
}

/** Agreed on, or back with its author and why; each can be read again. */
function Decided({ board, team, cards, title }: DecidedProps) {
  if (cards.length === 0) return null;
  const dots = dotsOf(board);
  const about = ({ id, fields }: Card) =>
    fields.standing === "returned" && dots.has(id)
      ? reasonsOf(dots.get(id) ?? [])
      : t(`vocabulary.card_standing.${fields.standing ?? "posted"}`);
  return (
    <details class="decided">
      <summary>{title}</summary>
      <List label={title}>
        {cards.map((card) => (
          <Row
            key={card.id}
            title={beginningOf(card.fields.text)}
            detail={about(card)}
            end={
              <Button
                look="quiet"
                label={`${t("debriefs.read_again")}: ${beginningOf(card.fields.text)}`}
                onPress={() => standWith(board, card, team.id, { standing: "posted" })}
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
  if (team.returned.length > 0) return t("debriefs.with_authors", { count: team.returned.length });
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
