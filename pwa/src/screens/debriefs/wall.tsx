/**
 * A wall: agreed cards, put together into groups that people name; a team's own, or the one
 * wall of all, where teams' groups come as stacks. By touch, mouse and keyboard.
 */
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { Button, Empty, MenuDialog, type MenuItem } from "../../components";
import { t } from "../../i18n";
import type { Card } from "./board";
import { useCarrying, type Spot } from "./carrying";
import { useDragging, useDroppable } from "./dragging";
import { useFollowing } from "./following";
import {
  addGroup,
  APART,
  joinStack,
  leaveApart,
  LOOSE,
  moveCard,
  NEW,
  stackAt,
  whereIs,
} from "./wall-acts";
import { beginningOf } from "./long-words";
import { WallCards, type Hold } from "./wall-card";
import { Group, ReadGroup, Stack } from "./wall-group";
import { useLooking, WallTools, type Looking } from "./wall-tools";
import type { WallView } from "./walls";

/** Answers a card that hangs elsewhere now. */
async function drop(wall: WallView, dragged: string, target: string): Promise<string | undefined> {
  const stack = stackAt(wall, dragged);
  if (!stack) await moveCard(wall, dragged, target);
  else if (target === NEW) await leaveApart(wall, [stack]);
  else if (target !== dragged && target !== LOOSE) await joinStack(wall, stack, target);
  return stack ? stack.cards[0]?.id : dragged;
}

/** Everywhere that a card can be put, in the order of the wall. */
function spotsOf(wall: WallView): Spot[] {
  return [
    ...[...wall.stacks, ...wall.piles].map(({ id, name }) => ({ id, name })),
    { id: LOOSE, name: t("debriefs.not_grouped") },
    { id: NEW, name: t("debriefs.new_group") },
    { id: APART, name: t("debriefs.fits_nowhere") },
  ];
}

function moves(wall: WallView, card: Card | undefined, { follow }: Hold): MenuItem[] {
  if (!card) return [];
  const here = whereIs(wall, card);
  return spotsOf(wall)
    .filter(({ id }) => id !== here)
    .map(({ id, name }) => ({
      label: id === LOOSE ? t("debriefs.off_the_group") : name,
      ...(id === NEW ? { icon: "add" as const } : {}),
      onPress: async () => {
        await moveCard(wall, card.id, id);
        follow(card.id);
      },
    }));
}

interface PlaceProps {
  wall: WallView;
  cards: readonly Card[];
  hold: Hold;
  over: string | null;
}

function Loose({ wall, cards, hold, over }: PlaceProps) {
  const element = useDroppable(hold, LOOSE);
  const none = wall.loose.length === 0;
  return (
    <section
      ref={element}
      class="wall-group wall-loose"
      data-none={none || undefined}
      data-over={over === LOOSE || undefined}
      aria-label={t("debriefs.not_grouped")}
    >
      <h3 class="wall-group-head">{t("debriefs.not_grouped")}</h3>
      {none ? (
        <p class="soft label">{t("debriefs.all_grouped")}</p>
      ) : (
        <WallCards cards={cards} hold={wall.mayWrite ? hold : null} />
      )}
    </section>
  );
}

/** What fits nowhere yet stays in sight: worth as much as what was seen often. */
function Apart({ wall, cards, hold, over }: PlaceProps) {
  const element = useDroppable(hold, APART);
  if (wall.apart.length === 0 && !wall.mayWrite) return null;
  return (
    <section
      ref={element}
      class="wall-apart"
      data-over={over === APART || undefined}
      aria-label={t("debriefs.fits_nowhere")}
    >
      <h3 class="wall-group-head">{t("debriefs.fits_nowhere")}</h3>
      {wall.apart.length === 0 ? (
        <p class="soft label">{t("debriefs.drop_what_fits_nowhere")}</p>
      ) : (
        <WallCards cards={cards} hold={wall.mayWrite ? hold : null} />
      )}
    </section>
  );
}

function NewGroup({ wall, hold, over }: Omit<PlaceProps, "cards">) {
  const element = useDroppable(hold, NEW);
  return (
    <section
      ref={element}
      class="wall-group wall-new"
      data-over={over === NEW || undefined}
      aria-label={t("debriefs.new_group")}
    >
      <p class="soft label">{t("debriefs.drop_for_new")}</p>
      <Button icon="add" onPress={() => addGroup(wall)}>
        {t("debriefs.new_group")}
      </Button>
    </section>
  );
}

/** Teams' groups that wait to be laid onto the one wall. */
function Stacks({ wall, looking, hold, over }: Omit<PlaceProps, "cards"> & { looking: Looking }) {
  if (wall.stacks.length === 0) return null;
  const leaveAll = async () => {
    await leaveApart(wall, wall.stacks);
    hold.follow(wall.stacks[0]?.cards[0]?.id);
  };
  return (
    <div class="wall-stacks">
      <div class="wall-stacks-head">
        <h3>{t("debriefs.teams_groups")}</h3>
        {wall.mayWrite && wall.board.mayLead && (
          <Button look="quiet" onPress={leaveAll}>
            {t("debriefs.leave_rest_apart")}
          </Button>
        )}
      </div>
      <p class="soft label">{t("debriefs.stacks_lead")}</p>
      <div class="wall-grid">
        {wall.stacks.map((pile) => (
          <Stack
            key={pile.id}
            {...{ wall, pile, hold }}
            cards={looking.at(pile.cards)}
            over={over === pile.id}
          />
        ))}
      </div>
    </div>
  );
}

/** What a wall holds in its hands: one manager of drags, one menu for all its cards. */
function useHold(wall: WallView) {
  const newest = useRef(wall);
  newest.current = wall;
  const howTo = useId();
  const [moving, setMoving] = useState<string | null>(null);
  const follow = useFollowing();
  const hands = useDragging((dragged, target) => {
    void drop(newest.current, dragged, target).then(follow);
  });
  const placeOf = (id: string) => {
    const card = newest.current.cards.find((each) => each.id === id);
    return card ? whereIs(newest.current, card) : LOOSE;
  };
  const [carrying, carrier] = useCarrying(spotsOf(wall), placeOf, async (card, spot) => {
    await moveCard(newest.current, card, spot);
    follow(card);
  });
  const hold = useMemo<Hold>(
    () => ({ ...hands, carrier, howTo, onMove: setMoving, follow }),
    [hands],
  );
  return { hold, carrying, moving, stopMoving: () => setMoving(null) };
}

/** While a card is in hand nothing moves under it: what others do shows once it is put down. */
function useStill(newest: WallView, { manager }: Hold): WallView {
  const shown = useRef(newest);
  const [inHand, take] = useState(false);
  useEffect(() => {
    const stops = [
      manager.monitor.addEventListener("dragstart", () => take(true)),
      manager.monitor.addEventListener("dragend", () => take(false)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [manager]);
  if (!inHand) shown.current = newest;
  return shown.current;
}

export function Wall({ wall: newest }: { wall: WallView }) {
  const { hold, carrying, moving, stopMoving } = useHold(newest);
  const wall = useStill(newest, hold);
  const looking = useLooking(wall);
  const { over } = carrying;
  const card = wall.cards.find(({ id }) => id === moving);
  const named = card && t("debriefs.move_card", { text: beginningOf(card.fields.text) });
  if (wall.cards.length === 0) return <Empty>{t("debriefs.wall_empty")}</Empty>;
  const shared = { wall, hold, over };
  return (
    <div class="wall-frame" data-size={looking.size} onPointerDownCapture={hold.press}>
      <WallTools wall={wall} looking={looking} />
      <Stacks {...shared} looking={looking} />
      <div class="wall wall-grid">
        <Loose {...shared} cards={looking.at(wall.loose)} />
        {wall.piles.map((pile) =>
          wall.mayWrite ? (
            <Group
              key={pile.id}
              {...{ wall, pile, hold }}
              cards={looking.at(pile.cards)}
              over={over === pile.id}
            />
          ) : (
            <ReadGroup key={pile.id} pile={pile} cards={looking.at(pile.cards)} />
          ),
        )}
        {wall.mayWrite && <NewGroup {...shared} />}
        <Apart {...shared} cards={looking.at(wall.apart)} />
      </div>
      <p id={hold.howTo} class="only-heard">
        {t("debriefs.how_to_drag")}
      </p>
      <p class="only-heard" role="status">
        {carrying.said}
      </p>
      <MenuDialog
        label={named ?? t("debriefs.move_to")}
        title={named}
        items={moves(wall, card, hold)}
        open={card !== undefined}
        onClose={stopMoving}
      />
    </div>
  );
}
