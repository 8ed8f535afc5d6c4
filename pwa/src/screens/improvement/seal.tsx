/** The seal on the predictions: until when it stays closed, and who opens it. */
import { Banner, Button, Icon } from "../../components";
import { formatDate, formatMoment, t } from "../../i18n";
import { may, save } from "../../state";
import type { Board } from "../debriefs/board";
import type { Coming } from "./revisits";

function openSeal({ board }: Coming): Promise<void> {
  const opened_at = new Date().toISOString();
  return save("revisit", board.revisitId, board.scope, { opened_at });
}

/** "Sealed ... Opens at your revisit, 12 February." */
export function sealedWords(sealedAt: string | null | undefined, meetsOn: string | null): string {
  const moment = formatMoment(sealedAt ?? "");
  return meetsOn
    ? t("debriefs.sealed_until", { moment, date: formatDate(meetsOn) })
    : t("debriefs.sealed", { moment });
}

/** After the seal, at each later step: what was predicted is kept, and not gone. */
export function StillSealed({ board, meetsOn }: { board: Board; meetsOn: string | null }) {
  const { sealed_at: sealedAt } = board.debrief ?? {};
  if (!sealedAt || board.revisit?.opened_at) return null;
  return (
    <p class="soft still-sealed">
      <Icon name="lock" size={20} />
      <span>{t("debriefs.your_predictions", { sealed: sealedWords(sealedAt, meetsOn) })}</span>
    </p>
  );
}

function whyNotYet(coming: Coming, mayOpen: boolean): string | null {
  if (!mayOpen) return t("improvement.who_opens");
  if (coming.seal === "due") return null;
  return coming.meetsOn
    ? t("improvement.not_before", { date: formatDate(coming.meetsOn) })
    : t("improvement.day_first");
}

export function Seal({ coming }: { coming: Coming }) {
  const { board, seal } = coming;
  if (seal === "none") return <Banner icon="lock">{t("improvement.nothing_sealed")}</Banner>;
  if (seal === "opened") {
    const moment = formatMoment(board.revisit?.opened_at ?? "");
    return <Banner icon="eye">{t("debriefs.seal_opened", { moment })}</Banner>;
  }
  const mayOpen = may("revisit", board.scope, ["opened_at"]);
  const why = whyNotYet(coming, mayOpen);
  const open = mayOpen && (
    <Button look="primary" icon="eye" disabled={why !== null} onPress={() => openSeal(coming)}>
      {t("improvement.open_seal")}
    </Button>
  );
  return (
    <Banner icon="lock" action={open}>
      {sealedWords(board.debrief?.sealed_at, coming.meetsOn)} {why}
    </Banner>
  );
}
