/**
 * "We start with these": at most three. Where tablets that were apart chose more, three of them
 * stand everywhere, and whoever may write is told what else was chosen, until one waits.
 */
import { Banner, Button, List, Row } from "../../components";
import { chosenFirst, type Chosen } from "../../domain/improvement";
import { t } from "../../i18n";
import { may, save, type RecordView } from "../../state";

type Item = RecordView<"next_level_item">;

export function firstOf(items: readonly Item[]): Chosen<Item> {
  return chosenFirst(items, ({ id, fields: { order, starts_first } }) => ({
    id,
    order,
    starts_first,
  }));
}

function letWait(item: Item): Promise<void> {
  return save("next_level_item", item.id, item.scope, { starts_first: false });
}

function ChosenRow({ item, stands }: { item: Item; stands: boolean }) {
  const words = item.fields.text || t("improvement.unwritten_item");
  return (
    <Row
      title={words}
      detail={t(stands ? "improvement.starts_first" : "improvement.chosen_too")}
      end={
        <Button
          look="quiet"
          label={`${t("improvement.let_it_wait")}: ${words}`}
          onPress={() => letWait(item)}
        >
          {t("improvement.let_it_wait")}
        </Button>
      }
    />
  );
}

/** Only while there are more than three. */
export function TooManyFirst({ items, scope }: { items: readonly Item[]; scope: string }) {
  const { standing, beyond } = firstOf(items);
  if (beyond.length === 0 || !may("next_level_item", scope)) return null;
  const chosen = [...standing, ...beyond];
  return (
    <div class="stack no-print">
      <Banner>{t("improvement.too_many_first", { count: chosen.length })}</Banner>
      <List label={t("improvement.we_start_with_these")}>
        {chosen.map((item) => (
          <ChosenRow key={item.id} item={item} stands={standing.includes(item)} />
        ))}
      </List>
    </div>
  );
}
