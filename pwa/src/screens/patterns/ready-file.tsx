/**
 * A person's own large file lies ready: said where files are ordered until it was taken or put
 * away, since not every device has notices.
 */
import { Banner, LinkButton, useAnswer } from "../../components";
import { t } from "../../i18n";
import { yourFiles } from "./api";

export function ReadyFile({ networkId }: { networkId: string }) {
  const { value } = useAnswer(() => yourFiles(networkId), networkId);
  const ready = value?.filter(({ state, fetched }) => state === "ready" && !fetched) ?? [];
  if (ready.length === 0) return null;
  return (
    <div class="no-print">
      <Banner
        icon="download"
        action={
          <LinkButton look="quiet" href="/patterns/files">
            {t("patterns.to_files")}
          </LinkButton>
        }
      >
        {t("patterns.files_ready", { count: ready.length })}
      </Banner>
    </div>
  );
}
