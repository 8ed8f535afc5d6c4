/** Taking a group apart: some of its cards become a group of their own, or a joined one again. */
import { useState } from "preact/hooks";
import { Button, Checkbox, Sheet } from "../../components";
import { t } from "../../i18n";
import { beginningOf } from "./long-words";
import { splitOff, takeOut } from "./wall-acts";
import type { Pile, WallView } from "./walls";

interface SplitProps {
  wall: WallView;
  pile: Pile;
  onClose: () => void;
}

/** Groups that were joined into this one. */
function Joined({ wall, pile }: SplitProps) {
  const parts = wall.joined.filter(({ into }) => into === pile.id);
  if (parts.length === 0) return null;
  return (
    <div class="stack">
      <p class="soft">{t("debriefs.joined_before")}</p>
      {parts.map(({ id, typed }) => (
        <div key={id}>
          <Button icon="undo" onPress={() => takeOut(pile, id)}>
            {t("debriefs.own_group_again", { name: typed.trim() || t("debriefs.unnamed_group") })}
          </Button>
        </div>
      ))}
    </div>
  );
}

export function SplitSheet(props: SplitProps) {
  const { wall, pile, onClose } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (card: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(card);
    else next.delete(card);
    setChosen(next);
  };
  const split = async () => {
    await splitOff(
      wall,
      pile.cards.filter(({ id }) => chosen.has(id)),
    );
    onClose();
  };
  return (
    <Sheet
      open
      title={t("debriefs.split")}
      onClose={onClose}
      actions={
        <Button look="primary" disabled={chosen.size === 0} onPress={split}>
          {t("debriefs.into_new_group")}
        </Button>
      }
    >
      <div class="stack">
        <Joined {...props} />
        <p class="soft">{t("debriefs.which_cards")}</p>
        {pile.cards.map((card) => (
          <Checkbox
            key={card.id}
            label={beginningOf(card.fields.text)}
            checked={chosen.has(card.id)}
            onChange={(on) => choose(card.id, on)}
          />
        ))}
      </div>
    </Sheet>
  );
}
