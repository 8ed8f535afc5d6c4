/** The summary on paper, with the radio off too, or as a report that the server makes. */
import { isAway, whyNot } from "../../api";
import { Banner, Button, useAsking } from "../../components";
import { t } from "../../i18n";
import { link } from "../../state";
import { NotSentYet, takeSummary } from "./summary-file";

function whyNoFile(error: unknown): string {
  if (error instanceof NotSentYet) return t("debriefs.pdf_not_sent_yet");
  return isAway(error) ? t("debriefs.pdf_online_only") : whyNot(error);
}

/** waits: a word that may name somebody was not looked at, so nothing leaves. */
export function TakeAlong({ roundId, waits }: { roundId: string; waits: boolean }) {
  const asking = useAsking();
  const isOffline = link.value === "offline";
  return (
    <div class="no-print stack">
      <div class="cluster">
        <Button icon="print" disabled={waits} onPress={() => window.print()}>
          {t("debriefs.print_summary")}
        </Button>
        <Button
          icon="download"
          disabled={waits || isOffline || asking.waiting}
          onPress={() => asking.run(() => takeSummary(roundId))}
        >
          {t("debriefs.take_pdf")}
        </Button>
      </div>
      {isOffline && <p class="soft label">{t("debriefs.pdf_online_only")}</p>}
      {asking.error !== undefined && !isOffline && (
        <Banner tone="careful">{whyNoFile(asking.error)}</Banner>
      )}
    </div>
  );
}
