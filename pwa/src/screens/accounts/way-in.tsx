/** A way in for one person, to show on one's own screen: a QR code, the link, six digits. */
import type { WayIn } from "../../api";
import { Button, showToast } from "../../components";
import { Qr } from "../../components/qr";
import { formatClock, t } from "../../i18n";
import "./accounts.css";

async function copy(link: string): Promise<void> {
  await navigator.clipboard.writeText(link);
  showToast({ text: t("accounts.link_copied") });
}

export function WayInCard({ way }: { way: WayIn }) {
  const { code, link, code_expires_at: until } = way;
  return (
    <div class="way-in">
      <Qr text={link} label={t("accounts.qr_label")} />
      <div class="stack">
        <p>{t("accounts.way_in_steps")}</p>
        <div>
          <p class="code-shown">{`${code.slice(0, 3)} ${code.slice(3)}`}</p>
          <p class="soft label">{t("accounts.good_until", { time: formatClock(until) })}</p>
        </div>
        <p class="way-in-link">{link}</p>
        <Button icon="copy" onPress={() => copy(link)}>
          {t("accounts.copy_link")}
        </Button>
      </div>
    </div>
  );
}
