/** Next level of work: what is done next, by when, on which level, and who takes it on. */
import { useState } from "preact/hooks";
import { Button, Empty, List, Row, Section, Tag } from "../../components";
import { missingFromItem } from "../../domain/improvement";
import { HORIZONS } from "../../generated/records";
import { formatDate, t, type Key } from "../../i18n";
import { may, save, type RecordView } from "../../state";
import { Others } from "../debriefs/presence";
import { makeOnce } from "../making";
import { useWide } from "../wide";
import { CheckBackTag } from "./check-back";
import { firstOf, TooManyFirst } from "./first-items";
import { ItemEditor, takerName } from "./item-editor";
import { LevelGrid, placed, type Placed } from "./level-grid";

type Item = RecordView<"next_level_item">;

/** What it still needs, or who takes it on and when it is looked at again. */
export function aboutItem(item: Item, { withLevel }: { withLevel: boolean }): string {
  const { level, check_back_on } = item.fields;
  const missing = missingFromItem(item.fields).map((word) =>
    t(`improvement.missing.${word}` as Key),
  );
  if (missing.length > 0) return missing.join(" ");
  return [
    withLevel && level && t(`vocabulary.level.${level}`),
    takerName(item),
    check_back_on && t("improvement.check_back", { date: formatDate(check_back_on, "medium") }),
  ]
    .filter(Boolean)
    .join(" · ");
}

interface Standing {
  /** What is started with. */
  first: readonly Item[];
  onOpen: (id: string) => void;
}

type OneItem = Standing & { item: Item };

function ItemRow({ item, first, onOpen }: OneItem) {
  return (
    <Row
      title={item.fields.text || t("improvement.unwritten_item")}
      detail={
        <>
          {first.includes(item) && <Tag>{t("improvement.starts_first")}</Tag>}{" "}
          {aboutItem(item, { withLevel: true })}
          <Others record={item.id} />
        </>
      }
      end={<CheckBackTag item={item} />}
      onPress={() => onOpen(item.id)}
    />
  );
}

/** In a cell, which says when and on which level already. */
function ItemInCell({ item, first, onOpen }: OneItem) {
  return (
    <button type="button" class="level-item" onClick={() => onOpen(item.id)}>
      <span class="row-title">{item.fields.text || t("improvement.unwritten_item")}</span>
      {first.includes(item) && <Tag>{t("improvement.starts_first")}</Tag>}
      <span class="row-detail">{aboutItem(item, { withLevel: false })}</span>
      <Others record={item.id} />
      <CheckBackTag item={item} />
    </button>
  );
}

type Shown = Standing & { items: readonly Item[] };

function Rows({ items, ...shown }: Shown) {
  return (
    <List>
      {items.map((item) => (
        <ItemRow key={item.id} item={item} {...shown} />
      ))}
    </List>
  );
}

function Grid({ items, at, ...shown }: Shown & Pick<Placed<Item>, "at">) {
  if (items.length === 0) return null;
  return (
    <LevelGrid
      cell={(horizon, level) => {
        const here = at(horizon, level);
        if (here.length === 0) return null;
        return (
          <ul>
            {here.map((item) => (
              <li key={item.id}>
                <ItemInCell item={item} {...shown} />
              </li>
            ))}
          </ul>
        );
      }}
    />
  );
}

/** A grid where there is room for one; else one below the other, by when. */
function Everything({ items, ...shown }: Shown) {
  const wide = useWide();
  const { open, at } = placed(items, ({ fields }) => fields);
  return (
    <>
      {open.length > 0 && (
        <Section title={t("improvement.not_placed_yet")}>
          <Rows items={open} {...shown} />
        </Section>
      )}
      {wide ? (
        <Grid items={items.filter((item) => !open.includes(item))} at={at} {...shown} />
      ) : (
        HORIZONS.filter((horizon) => at(horizon).length > 0).map((horizon) => (
          <Section key={horizon} title={t(`vocabulary.horizon.${horizon}`)}>
            <Rows items={at(horizon)} {...shown} />
          </Section>
        ))
      )}
    </>
  );
}

interface Props {
  scope: string;
  items: readonly Item[];
}

export function NextLevel({ scope, items }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const mayWrite = may("next_level_item", scope);
  const add = async () => {
    const order = 1 + Math.max(0, ...items.map((item) => item.fields.order ?? 0));
    const set = { text: "", order };
    setOpen(
      await makeOnce("next_level_item", scope, (id) => save("next_level_item", id, scope, set)),
    );
  };
  // While nothing is written, that is what the step waits for, and not the one after it.
  const waits = !items.some(({ fields }) => fields.text.trim());
  const edited = items.find((item) => item.id === open);
  return (
    <div class="stack-wide">
      {items.length === 0 && <Empty>{t("improvement.no_items_yet")}</Empty>}
      <TooManyFirst items={items} scope={scope} />
      <Everything items={items} first={firstOf(items).standing} onOpen={setOpen} />
      {mayWrite && (
        <div>
          <Button look={waits ? "primary" : "plain"} icon="add" onPress={add}>
            {t("improvement.add_item")}
          </Button>
        </div>
      )}
      {edited && (
        <ItemEditor
          item={edited}
          disabled={!mayWrite}
          firstCount={items.filter((item) => item.fields.starts_first).length}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
