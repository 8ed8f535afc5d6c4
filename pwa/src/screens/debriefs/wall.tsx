/**
 * The wall: agreed cards, put together into groups that people name. A card shows its words
 * and its core element, nothing of where it comes from. A group shows its cards, not their
 * number (rule 6).
 */
import type { DragDropManager } from "@dnd-kit/dom";
import { Button, ElementMark, Empty, Icon, Menu, showToast, type MenuItem } from "../../components";
import { t } from "../../i18n";
import { newId, remove, restore, save, type RecordView } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { WordsField } from "../words/words-field";
import { cardsIn, moveCard, nextOrder, type Board, type Card } from "./board";
import { useDraggable, useDragging, useDroppable } from "./dragging";

const LOOSE = "loose";
const NEW = "new";

async function addGroup(board: Board): Promise<string> {
  const id = newId();
  await save("group", id, board.scope, { name: "", order: nextOrder(board.groups) });
  return id;
}

async function move(board: Board, cardId: string, target: string): Promise<void> {
  const card = board.agreed.find((each) => each.id === cardId);
  if (!card) return;
  const from = card.fields.position;
  const group = target === NEW ? await addGroup(board) : target === LOOSE ? null : target;
  if (group === (from?.group ?? null) && from) return;
  await moveCard(board, card, group);
  showToast({
    text: t("debriefs.card_moved"),
    undo: () => save("card", card.id, board.scope, { position: from }),
  });
}

/** What a group is called where it has no name yet: by its first card. */
export function groupName(board: Board, group: RecordView<"group">): string {
  if (group.fields.name) return group.fields.name;
  const [first] = cardsIn(board, group.id);
  return first ? t("debriefs.group_with", { text: first.fields.text }) : t("debriefs.new_group");
}

function moves(board: Board, card: Card): MenuItem[] {
  const here = card.fields.position?.group ?? null;
  const groups = board.groups
    .filter((group) => group.id !== here)
    .map((group) => ({
      label: groupName(board, group),
      onPress: () => move(board, card.id, group.id),
    }));
  const items: MenuItem[] = [
    ...groups,
    { label: t("debriefs.new_group"), icon: "add", onPress: () => move(board, card.id, NEW) },
  ];
  if (here) {
    items.push({ label: t("debriefs.off_the_group"), onPress: () => move(board, card.id, LOOSE) });
  }
  return items;
}

function WallCard({
  board,
  card,
  manager,
}: {
  board: Board;
  card: Card;
  manager: DragDropManager;
}) {
  const { element, grip } = useDraggable(manager, card.id);
  const { text, grade_band, subject } = card.fields;
  return (
    <li ref={element as never} class="wall-card">
      {card.fields.element && <ElementMark element={card.fields.element} />}
      <p class="wall-card-text">{text}</p>
      {(grade_band || subject) && (
        <p class="small soft">
          {[
            grade_band && t(`vocabulary.grade_band.${grade_band}`),
            subject && t(`vocabulary.school_subject.${subject}`),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      )}
      {board.mayWrite && (
        <div class="wall-card-foot">
          <button
            ref={grip}
            type="button"
            class="wall-grip"
            aria-label={t("debriefs.drag", { text })}
          >
            <Icon name="drag" size={20} />
          </button>
          <Menu
            label={t("debriefs.move_to")}
            heard={`${t("debriefs.move_to")} ${text}`}
            items={moves(board, card)}
          />
        </div>
      )}
    </li>
  );
}

interface PileProps {
  board: Board;
  manager: DragDropManager;
  group: RecordView<"group"> | null;
}

function Cards({ board, manager, group }: PileProps) {
  return (
    <ul class="wall-cards">
      {cardsIn(board, group?.id ?? null).map((card) => (
        <WallCard key={card.id} board={board} card={card} manager={manager} />
      ))}
    </ul>
  );
}

async function takeAway(group: RecordView<"group">): Promise<void> {
  await remove("group", group.id);
  showToast({ text: t("debriefs.group_gone"), undo: () => restore("group", group.id) });
}

function Group({ board, manager, group }: PileProps & { group: RecordView<"group"> }) {
  const element = useDroppable(manager, group.id);
  const name = groupName(board, group);
  return (
    <section ref={element} class="wall-group" aria-label={name}>
      <div class="wall-group-head">
        {board.mayWrite ? (
          <WordsField
            kind="group"
            id={group.id}
            scope={group.scope}
            field="name"
            label={t("debriefs.group_name")}
            labelHidden
            long
            plain
            rows={1}
            placeholder={t("debriefs.group_name")}
          />
        ) : (
          <h2>{name}</h2>
        )}
        {board.mayWrite && (
          <Menu
            label={t("debriefs.more")}
            heard={`${t("debriefs.more")}: ${name}`}
            items={[
              {
                label: t("debriefs.take_group_away"),
                icon: "trash",
                careful: true,
                onPress: () => takeAway(group),
              },
            ]}
          />
        )}
      </div>
      <DeletedThenEdited kind="group" id={group.id} scope={group.scope} />
      <Cards board={board} manager={manager} group={group} />
    </section>
  );
}

function Loose({ board, manager }: { board: Board; manager: DragDropManager }) {
  const element = useDroppable(manager, LOOSE);
  const none = cardsIn(board, null).length === 0;
  return (
    <section
      ref={element}
      class="wall-group wall-loose"
      data-none={none || undefined}
      aria-label={t("debriefs.not_grouped")}
    >
      <h2 class="wall-group-head">{t("debriefs.not_grouped")}</h2>
      {none ? (
        <p class="soft label">{t("debriefs.all_grouped")}</p>
      ) : (
        <Cards board={board} manager={manager} group={null} />
      )}
    </section>
  );
}

function NewGroup({ board, manager }: { board: Board; manager: DragDropManager }) {
  const element = useDroppable(manager, NEW);
  return (
    <section ref={element} class="wall-group wall-new" aria-label={t("debriefs.new_group")}>
      <p class="soft label">{t("debriefs.drop_for_new")}</p>
      <Button icon="add" onPress={() => addGroup(board)}>
        {t("debriefs.new_group")}
      </Button>
    </section>
  );
}

export function Wall({ board }: { board: Board }) {
  const manager = useDragging((card, target) => void move(board, card, target));
  if (board.agreed.length === 0) return <Empty>{t("debriefs.wall_empty")}</Empty>;
  return (
    <div class="wall">
      <Loose board={board} manager={manager} />
      {board.groups.map((group) => (
        <Group key={group.id} board={board} manager={manager} group={group} />
      ))}
      {board.mayWrite && <NewGroup board={board} manager={manager} />}
    </div>
  );
}
