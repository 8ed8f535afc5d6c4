/** How alike the rounds that were asked for were read, question by question. */
import { language, t } from "../../i18n";
import { OverRounds } from "../agreement/over-rounds";
import { nextPage, type AlikePage, type Asked } from "./api";
import { More, usePages } from "./paging";

interface ReadAlikeProps {
  first: AlikePage;
  of: { networkId: string; asked: Asked };
}

export function ReadAlike({ first, of }: ReadAlikeProps) {
  const read = usePages(first, ({ read_alike_more }) =>
    nextPage("read-alike", of.networkId, of.asked, language.value, read_alike_more),
  );
  const more = read.pages[read.pages.length - 1]?.read_alike_more ?? null;
  return (
    <>
      <OverRounds found={read.pages.flatMap((page) => page.read_alike)} />
      <More of={read} more={more} words={t("patterns.more_questions")} />
    </>
  );
}
