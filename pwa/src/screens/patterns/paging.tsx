/** What the server gives in pages: the first comes with the answer, another one when it is asked for. */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, useAsking } from "../../components";
import { t } from "../../i18n";

interface Pages<Page> {
  pages: readonly Page[];
  waiting: boolean;
  error: unknown;
  goOn: () => void;
}

/** first: the page that came with the answer. What was read behind another one is forgotten. */
export function usePages<Page>(first: Page, next: (last: Page) => Promise<Page>): Pages<Page> {
  const [read, setRead] = useState<Page[]>([]);
  const { waiting, error, run } = useAsking();
  const pages = read[0] === first ? read : [first];
  const goOn = () =>
    void run(async () => setRead([...pages, await next(pages[pages.length - 1] ?? first)]));
  return { pages, waiting, error, goOn };
}

/** The button below what was read, while there is more; and why more did not come. */
export function More(props: { of: Pages<unknown>; more: string | null; words: string }) {
  const { waiting, error, goOn } = props.of;
  return (
    <>
      {props.more && (
        <>
          <p class="only-print soft label">{t("patterns.more_on_screen")}</p>
          <Button look="plain" disabled={waiting} onPress={goOn}>
            {props.words}
          </Button>
        </>
      )}
      {error !== undefined && <Banner icon="careful">{whyNot(error)}</Banner>}
    </>
  );
}
