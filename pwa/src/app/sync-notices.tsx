/**
 * What the way to the server has to tell on every screen: an app too old to read what is new,
 * and others' words that are hidden after weeks without contact.
 */
import { Banner, Button } from "../components";
import { t } from "../i18n";
import { locked, me, tooOld } from "../state";
import { lookForUpdate, updateReady } from "../update";

export function SyncNotices() {
  if (!me.value) return null;
  return (
    <>
      {tooOld.value && !updateReady.value && (
        <Banner
          icon="download"
          action={
            <Button look="quiet" onPress={lookForUpdate}>
              {t("sync.look_for_update")}
            </Button>
          }
        >
          {t("error.sync.app_too_old")}
        </Banner>
      )}
      {locked.value && <Banner icon="lock">{t("sync.locked")}</Banner>}
    </>
  );
}
