/** The next level of work that rounds agreed on: what was tried, and what became of it. */
import { List, Row, Section } from "../../components";
import { formatDate, language, t } from "../../i18n";
import { asksForPart, nextPage, type Asked, type ItemsPage, type NextLevelFound } from "./api";
import { More, usePages } from "./paging";

/** What became of it, what was learned, whether it was of use; or when that will be said. */
function becameOf(item: NextLevelFound): string {
  if (!item.outcome) {
    return t("improvement.check_back", { date: formatDate(item.check_back_on, "short") });
  }
  const of_use = item.of_use === null ? "" : t(item.of_use ? "patterns.of_use" : "patterns.no_use");
  return [t(`vocabulary.check_back.${item.outcome}`), item.learned, of_use]
    .filter(Boolean)
    .join(" · ");
}

interface NextLevelProps {
  first: ItemsPage;
  of: { networkId: string; asked: Asked };
}

export function NextLevel({ first, of }: NextLevelProps) {
  const read = usePages(first, ({ next_level_more }) =>
    nextPage("next-level", of.networkId, of.asked, language.value, next_level_more),
  );
  const items = read.pages.flatMap((page) => page.next_level);
  if (items.length === 0) return null;
  return (
    <Section title={t("improvement.item")}>
      {asksForPart(of.asked) && <p class="soft label">{t("patterns.items_of_whole_rounds")}</p>}
      <List label={t("improvement.item")}>
        {items.map((item, at) => (
          <Row
            key={at}
            title={item.text}
            detail={
              <>
                {[
                  t(`vocabulary.horizon.${item.horizon}`),
                  t(`vocabulary.level.${item.level}`),
                  item.taken_on_by && t(`vocabulary.taker.${item.taken_on_by}`),
                ]
                  .filter(Boolean)
                  .join(" · ")}
                <br />
                {becameOf(item)}
              </>
            }
          />
        ))}
      </List>
      <More
        of={read}
        more={read.pages[read.pages.length - 1]?.next_level_more ?? null}
        words={t("patterns.more_items")}
      />
    </Section>
  );
}
