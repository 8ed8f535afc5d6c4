/** Said once, until it is read: this device was emptied, and what that may have taken along. */
import { Banner, Button } from "../components";
import { formatMoment, t } from "../i18n";
import { loss, understood } from "../state";

export function Lost() {
  if (!loss.value) return null;
  const { last_whole_at, waiting } = loss.value;
  const when = formatMoment(last_whole_at);
  return (
    <Banner
      tone="careful"
      icon="careful"
      urgent
      action={
        <Button look="quiet" onPress={understood}>
          {t("sync.wiped_read")}
        </Button>
      }
    >
      {waiting > 0 ? t("sync.wiped", { when, count: waiting }) : t("sync.wiped_nothing", { when })}
    </Banner>
  );
}
