/**
 * A link for people who never sign in: the school's staff, or everybody. It is told once, when
 * it is made; a new one ends the one before, and ending it closes the page at once.
 */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, showToast, useAnswer, useAsking } from "../../components";
import { AskFirst } from "../../components/ask-first";
import { Qr } from "../../components/qr";
import { formatMoment, t } from "../../i18n";
import { link, syncNow } from "../../state";
import { endPage, listPages, openPage, type ByLink, type SummaryLink } from "./summary-pages";
import "../accounts/accounts.css";

async function copy(link: string): Promise<void> {
  await navigator.clipboard.writeText(link);
  showToast({ text: t("open_page.copied") });
}

function Told({ made }: { made: SummaryLink }) {
  return (
    <div class="stack">
      <Qr text={made.link} label={t("open_page.qr")} />
      <p class="open-link">{made.link}</p>
      <p class="soft">{t("open_page.told_once")}</p>
      <div class="cluster">
        <Button icon="copy" onPress={() => copy(made.link)}>
          {t("open_page.copy")}
        </Button>
        {"share" in navigator && (
          <Button icon="share" onPress={() => navigator.share({ url: made.link })}>
            {t("open_page.share")}
          </Button>
        )}
      </div>
    </div>
  );
}

export function OpenByLink({ roundId, audience }: { roundId: string; audience: ByLink }) {
  const [made, setMade] = useState<SummaryLink | null>(null);
  const asking = useAsking();
  const isOffline = link.value === "offline";
  const there = useAnswer(() => listPages(roundId), `${roundId} ${isOffline}`);
  const page = there.value?.find((each) => each.audience === audience);
  const act = (what: () => Promise<SummaryLink | null>) =>
    asking.run(async () => {
      syncNow();
      setMade(await what());
      there.again();
    });
  const end = () => act(() => endPage(roundId, audience).then(() => null));
  const isShut = asking.waiting || isOffline;
  const failed = isOffline ? undefined : (asking.error ?? there.error);
  return (
    <div class="stack open-by-link">
      {failed !== undefined && <Banner tone="careful">{whyNot(failed)}</Banner>}
      {made && <Told made={made} />}
      {page && !made && (
        <p class="soft">{t("open_page.open_since", { moment: formatMoment(page.made_at) })}</p>
      )}
      {there.value && !page && !made && <p>{t("open_page.nobody_yet")}</p>}
      <div class="cluster">
        <Button
          icon={page ? "undo" : "add"}
          look={page ? "plain" : "primary"}
          disabled={isShut}
          onPress={() => act(() => openPage(roundId, audience))}
        >
          {t(page ? "open_page.make_new" : "open_page.make")}
        </Button>
        {page && (
          <AskFirst look="careful" disabled={isShut} act={t("open_page.end")} onAct={end}>
            <p>{t("open_page.end_asked")}</p>
          </AskFirst>
        )}
      </div>
      {isOffline && <p class="soft label">{t("open_page.online_only")}</p>}
    </div>
  );
}
