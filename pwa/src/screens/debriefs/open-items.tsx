/**
 * What was agreed on to do and lacks something, named before the debrief closes: a day with one
 * tap, the rest in the item's own sheet. It closes all the same; the summary tells it as it is.
 */
import { useState } from "preact/hooks";
import { Button, Sheet } from "../../components";
import { dayToLookBack, missingFromItem } from "../../domain/improvement";
import { formatDate, t } from "../../i18n";
import { may, save } from "../../state";
import { ItemEditor } from "../improvement/item-editor";
import { aboutItem } from "../improvement/next-level";
import { todayHere } from "../rounds/rounds";
import type { Board } from "./board";

type Item = Board["items"][number];

/** Ids of what was written down and is not whole. */
export function openItemsOf({ items }: Board): string[] {
  const written = items.filter(({ fields }) => fields.text.trim());
  return written.filter(({ fields }) => missingFromItem(fields).length > 0).map(({ id }) => id);
}

/** The day that lies near for what is done by then. */
function GiveDay({ item: { id, scope, fields } }: { item: Item }) {
  if (fields.check_back_on) return null;
  const day = dayToLookBack(fields.horizon, todayHere());
  return (
    <Button onPress={() => save("next_level_item", id, scope, { check_back_on: day })}>
      {t("improvement.check_back", { date: formatDate(day, "medium") })}
    </Button>
  );
}

function OpenItem({ item, onFill }: { item: Item; onFill: () => void }) {
  return (
    <li class="stack">
      <span>{item.fields.text}</span>
      <span class="soft label">{aboutItem(item, { withLevel: true })}</span>
      {may("next_level_item", item.scope) && (
        <div class="cluster">
          <GiveDay item={item} />
          <Button look="quiet" icon="edit" onPress={onFill}>
            {t("improvement.fill_in")}
          </Button>
        </div>
      )}
    </li>
  );
}

interface Props {
  board: Board;
  /** Those that were open when it was asked: they stay in sight once they are whole. */
  asked: readonly string[];
  onClose: () => void;
  onCloseDebrief: () => Promise<void>;
}

export function OpenItems({ board, asked, onClose, onCloseDebrief }: Props) {
  const [filled, setFilled] = useState<string | null>(null);
  const stillOpen = openItemsOf(board).length > 0;
  const item = board.items.find(({ id }) => id === filled);
  return (
    <Sheet
      open
      title={t("debriefs.before_closing")}
      onClose={onClose}
      leave={t("app.back")}
      actions={
        <Button look="primary" icon="check" onPress={onCloseDebrief}>
          {t("debriefs.close")}
        </Button>
      }
    >
      <div class="stack">
        <p class="soft" role="status">
          {t(stillOpen ? "debriefs.before_closing_lead" : "debriefs.nothing_open")}
        </p>
        <ul class="items-became">
          {board.items
            .filter(({ id }) => asked.includes(id))
            .map((each) => (
              <OpenItem key={each.id} item={each} onFill={() => setFilled(each.id)} />
            ))}
        </ul>
      </div>
      {item && (
        <ItemEditor
          item={item}
          disabled={false}
          firstCount={board.items.filter((each) => each.fields.starts_first).length}
          onClose={() => setFilled(null)}
        />
      )}
    </Sheet>
  );
}
