/** Next level of work: what is done next, by when, on which level, and who takes it on. */
import { useState } from "preact/hooks";
import { Button, Empty, List, Row, Section, Tag } from "../../components";
import { missingFromItem } from "../../domain/improvement";
import { HORIZONS } from "../../generated/records";
import { formatDate, t, type Key } from "../../i18n";
import { may, save, type RecordView } from "../../state";
import { Others } from "../debriefs/presence";
import { makeOnce } from "../making";
import { CheckBackTag } from "./check-back";
import { ItemEditor, takerName } from "./item-editor";

type Item = RecordView<"next_level_item">;

/** What it still needs, or level, who takes it on and when it is looked at again. */
export function aboutItem(item: Item): string {
  const { level, check_back_on } = item.fields;
  const missing = missingFromItem(item.fields).map((word) =>
    t(`improvement.missing.${word}` as Key),
  );
  if (missing.length > 0) return missing.join(" ");
  return [
    level && t(`vocabulary.level.${level}`),
    takerName(item),
    check_back_on && t("improvement.check_back", { date: formatDate(check_back_on, "medium") }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function ItemRow({ item, onOpen }: { item: Item; onOpen: (id: string) => void }) {
  return (
    <Row
      title={item.fields.text || t("improvement.unwritten_item")}
      detail={
        <>
          {item.fields.starts_first && <Tag>{t("improvement.starts_first")}</Tag>} {aboutItem(item)}
          <Others record={item.id} />
        </>
      }
      end={<CheckBackTag item={item} />}
      onPress={() => onOpen(item.id)}
    />
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
  const edited = items.find((item) => item.id === open);
  const groups = [...HORIZONS, null].map((horizon) => ({
    horizon,
    items: items.filter((item) => item.fields.horizon === horizon),
  }));
  return (
    <div class="stack-wide">
      {items.length === 0 && <Empty>{t("improvement.no_items_yet")}</Empty>}
      {groups
        .filter((group) => group.items.length > 0)
        .map(({ horizon, items: within }) => (
          <Section
            key={horizon ?? "open"}
            title={t(horizon ? `vocabulary.horizon.${horizon}` : "improvement.no_horizon_yet")}
          >
            <List>
              {within.map((item) => (
                <ItemRow key={item.id} item={item} onOpen={setOpen} />
              ))}
            </List>
          </Section>
        ))}
      {mayWrite && (
        <div>
          <Button icon="add" onPress={add}>
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
