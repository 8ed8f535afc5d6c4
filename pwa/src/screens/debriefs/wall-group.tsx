/**
 * A group on the wall, and a team's stack that was not laid onto it yet. A group shows its
 * cards, not their number (rule 6).
 */
import { useState } from "preact/hooks";
import { Button, Menu, type MenuItem } from "../../components";
import { t } from "../../i18n";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { WordsField } from "../words/words-field";
import type { Card } from "./board";
import { useDroppable } from "./dragging";
import { Others, useHands } from "./presence";
import { SplitSheet } from "./split-sheet";
import { joinGroup, joinStack, leaveApart, takeAway } from "./wall-acts";
import { CardFace, WallCards, type Hold } from "./wall-card";
import type { Pile, WallView } from "./walls";

interface PileProps {
  wall: WallView;
  pile: Pile;
  /** Those of its cards that are looked at. */
  cards: readonly Card[];
  hold: Hold;
  over: boolean;
}

/** Every other group and stack, to be joined with. */
function others(wall: WallView, pile: Pile, onJoin: (into: string) => unknown): MenuItem[] {
  return [...wall.piles, ...wall.stacks]
    .filter(({ id }) => id !== pile.id)
    .map(({ id, name }) => ({
      label: t("debriefs.join_with", { name }),
      icon: "move",
      onPress: () => onJoin(id),
    }));
}

function GroupMenu(props: Pick<PileProps, "wall" | "pile" | "hold"> & { onSplit: () => void }) {
  const { wall, pile, hold, onSplit } = props;
  const join = async (into: string) => {
    await joinGroup(wall, pile, into);
    hold.follow(pile.cards[0]?.id);
  };
  const items: MenuItem[] = [
    ...others(wall, pile, join),
    { label: t("debriefs.split"), icon: "copy", onPress: onSplit },
    {
      label: t("debriefs.take_group_away"),
      icon: "trash",
      careful: true,
      onPress: () => takeAway(pile),
    },
  ];
  return (
    <Menu label={t("debriefs.more")} heard={`${t("debriefs.more")}: ${pile.name}`} items={items} />
  );
}

export function Group({ wall, pile, cards, hold, over }: PileProps) {
  const [splitting, setSplitting] = useState(false);
  const element = useDroppable(hold, pile.id);
  const { id, kind, scope } = pile;
  const hands = useHands(wall.board.roundId, id);
  return (
    <section ref={element} class="wall-group" aria-label={pile.name} data-over={over || undefined}>
      <Others record={id} />
      <div class="wall-group-head" {...hands}>
        <WordsField
          {...{ kind, id, scope }}
          field="name"
          label={t("debriefs.group_name")}
          labelHidden
          long
          plain
          rows={1}
          placeholder={t("debriefs.group_name")}
        />
        <GroupMenu {...{ wall, pile, hold }} onSplit={() => setSplitting(true)} />
      </div>
      <DeletedThenEdited {...{ kind, id, scope }} />
      {pile.cards.length === 0 && <p class="soft label">{t("debriefs.empty_group")}</p>}
      <WallCards cards={cards} hold={hold} />
      {splitting && <SplitSheet {...{ wall, pile }} onClose={() => setSplitting(false)} />}
    </section>
  );
}

/** For whoever only reads. */
export function ReadGroup({ pile, cards }: { pile: Pile; cards: readonly Card[] }) {
  return (
    <section class="wall-group" aria-label={pile.name}>
      <h3 class="wall-group-name">{pile.name}</h3>
      <WallCards cards={cards} hold={null} />
    </section>
  );
}

function StackMenu({ wall, pile, hold }: Pick<PileProps, "wall" | "pile" | "hold">) {
  const laid = async (done: Promise<void>) => {
    await done;
    hold.follow(pile.cards[0]?.id);
  };
  const items: MenuItem[] = [
    {
      label: t("debriefs.leave_apart"),
      icon: "check",
      onPress: () => laid(leaveApart(wall, [pile])),
    },
    ...others(wall, pile, (into) => laid(joinStack(wall, pile, into))),
  ];
  return (
    <Menu label={t("debriefs.lay")} heard={`${t("debriefs.lay")}: ${pile.name}`} items={items} />
  );
}

/** Closed, its first card lies on top; open, each card can be taken out of it. */
export function Stack({ wall, pile, cards, hold, over }: PileProps) {
  const [open, setOpen] = useState(false);
  const element = useDroppable(hold, pile.id);
  const [top, next] = cards;
  return (
    <section
      ref={element}
      class="wall-group wall-stack"
      aria-label={t("debriefs.stack_of", { name: pile.name })}
      data-over={over || undefined}
    >
      <div class="wall-group-head">
        <h3 class="wall-group-name">{pile.name}</h3>
        {wall.mayWrite && <StackMenu {...{ wall, pile, hold }} />}
      </div>
      {open ? (
        <WallCards cards={cards} hold={wall.mayWrite ? hold : null} />
      ) : (
        <div class="wall-card stack-top" data-movable={pile.id} data-more={next ? true : undefined}>
          {top && <CardFace card={top} />}
        </div>
      )}
      <div>
        <Button
          look="quiet"
          icon={open ? "up" : "down"}
          expanded={open}
          label={`${t(open ? "debriefs.close_stack" : "debriefs.open_stack")}: ${pile.name}`}
          onPress={() => setOpen(!open)}
        >
          {t(open ? "debriefs.close_stack" : "debriefs.open_stack")}
        </Button>
      </div>
    </section>
  );
}
