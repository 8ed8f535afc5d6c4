/**
 * Cross-check: a matched team reads in silence and puts dots with a reason on cards; the team
 * that owns a card rewrites it or takes it back. Never shows who wrote a card, or who dotted.
 */
import { useState } from "preact/hooks";
import { Banner, Button, ElementMark, Empty, Section, showToast } from "../../components";
import { teamToCheck } from "../../domain/debriefs";
import { DOT_REASONS, type DotReason } from "../../generated/records";
import { t } from "../../i18n";
import type { Board, Card, TeamCards } from "./board";
import { CardLives } from "./card-lives";
import { beginRewrite, dotsOf, putDot, reasonsOf, takeBack, type Dot } from "./dots";
import { EachTeam } from "./each-team";
import { beginningOf, CardWords } from "./long-words";
import { RewriteSheet } from "./rewrite-sheet";

type Dots = ReadonlyMap<string, Dot[]>;

/** One team alone has nobody to read its cards: it reads its own once more. */
function isAlone({ teams }: Board): boolean {
  return teams.length === 1;
}

function byId(a: Card, b: Card): number {
  return a.id < b.id ? -1 : 1;
}

interface CheckedCardProps {
  board: Board;
  card: Card;
  team: string;
  dots: Dots;
}

function CheckedCard({ board, card, team, dots }: CheckedCardProps) {
  const { text, element } = card.fields;
  const mine = dots.get(card.id)?.find((dot) => dot.fields.team === team)?.fields.reason;
  return (
    <li class="checked-card stack">
      {element && <ElementMark element={element} />}
      <CardWords text={text} look="wall-card-text" />
      <div
        class="cluster"
        role="group"
        aria-label={t("debriefs.dot_label", { text: beginningOf(text) })}
      >
        {DOT_REASONS.map((reason: DotReason) => (
          <Button
            key={reason}
            look="quiet"
            icon={mine === reason ? "dot" : "todo"}
            pressed={mine === reason}
            onPress={() => putDot(board, card, team, reason)}
          >
            {t(`vocabulary.dot_reason.${reason}`)}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** The other team's cards, for this team to read; its own where there is no other. */
function ToCheck({ board, team, dots }: { board: Board; team: TeamCards; dots: Dots }) {
  const reading = board.teams.filter((each) => each.agreed.length > 0);
  const other = teamToCheck(
    reading.map((each) => each.id),
    team.id,
  );
  const wanted = isAlone(board) ? team.id : other;
  const checked = reading.find((each) => each.id === wanted);
  if (!checked) return <Empty>{t("debriefs.nobody_to_check")}</Empty>;
  return (
    <Section title={t("debriefs.cards_to_check", { team: checked.name })}>
      <ul class="checked-cards">
        {[...checked.agreed].sort(byId).map((card) => (
          <CheckedCard key={card.id} {...{ board, card, dots }} team={team.id} />
        ))}
      </ul>
    </Section>
  );
}

interface DottedProps {
  board: Board;
  card: Card;
  dots: readonly Dot[];
  onRewrite: (card: Card) => unknown;
}

function Dotted({ board, card, dots, onRewrite }: DottedProps) {
  const { text } = card.fields;
  const back = async () => {
    const undo = await takeBack(board, card);
    showToast({ text: t("debriefs.taken_back"), undo });
  };
  return (
    <li class="checked-card stack">
      <CardWords text={text} look="wall-card-text" />
      <p class="soft label">{t("debriefs.dotted", { reasons: reasonsOf(dots) })}</p>
      <div class="cluster">
        <Button
          icon="edit"
          label={t("debriefs.rewrite_of", { text: beginningOf(text) })}
          onPress={() => onRewrite(card)}
        >
          {t("debriefs.rewrite")}
        </Button>
        <Button
          look="quiet"
          label={t("debriefs.take_back_of", { text: beginningOf(text) })}
          onPress={back}
        >
          {t("debriefs.take_back")}
        </Button>
      </div>
    </li>
  );
}

/** Dots on the team's own cards, and what it makes of them. */
function OnOurs({ board, team, dots }: { board: Board; team: TeamCards; dots: Dots }) {
  const [open, setOpen] = useState<string | null>(null);
  const dotted = team.agreed.filter((card) => dots.has(card.id)).sort(byId);
  const rewrite = async (card: Card) => {
    await beginRewrite(board, card);
    setOpen(card.id);
  };
  const card = dotted.find((each) => each.id === open);
  return (
    <Section title={t("debriefs.dots_on_ours")}>
      {dotted.length === 0 ? (
        <p class="soft">{t("debriefs.no_dots")}</p>
      ) : (
        <ul class="checked-cards">
          {dotted.map((each) => (
            <Dotted
              key={each.id}
              board={board}
              card={each}
              dots={dots.get(each.id) ?? []}
              onRewrite={rewrite}
            />
          ))}
        </ul>
      )}
      <CardLives board={board} team={team} />
      {card && <RewriteSheet board={board} card={card} onClose={() => setOpen(null)} />}
    </Section>
  );
}

/** Each team on its own tablets; whoever leads may check for one that has none. */
export function CrossCheck({ board }: { board: Board }) {
  const reading = board.teams.filter((team) => team.agreed.length > 0);
  const isLed = board.mayLead && (reading.length > 1 || isAlone(board));
  const teams = board.teams.filter((team) => team.mine || isLed);
  const told = t(isAlone(board) ? "debriefs.only_one_team" : "debriefs.teams_are_checking");
  if (!board.maySeeSources || teams.length === 0) return <Banner icon="people">{told}</Banner>;
  const dots = dotsOf(board);
  const each = (
    <EachTeam
      board={board}
      teams={teams}
      part={(team) => (
        <div key={team.id} class="cross-check">
          <ToCheck {...{ board, team, dots }} />
          <OnOurs {...{ board, team, dots }} />
        </div>
      )}
      hasPart={(team) => reading.includes(team)}
      doHere={({ name }) => t("handing.check_for", { team: name })}
    />
  );
  if (!isAlone(board)) return each;
  return (
    <>
      <Banner icon="people">{told}</Banner>
      {each}
    </>
  );
}
