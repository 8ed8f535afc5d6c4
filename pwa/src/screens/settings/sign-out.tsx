/**
 * Signing out says what has not been sent and offers a copy. It deletes nothing: the words
 * stay on this tablet under this account and go when the person signs in here again.
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, Section, Sheet, unsentWords, useAsking } from "../../components";
import { t } from "../../i18n";
import { setAside, signOut, waiting } from "../../state";
import { saveCopy } from "../unsent-copy";

/** What the person leaves behind on this tablet, and that it is safe. */
function whatStays(): string {
  const words = unsentWords(waiting.value);
  if (waiting.value.count > 0) return t("accounts.sign_out_unsent", { words });
  if (setAside.value.length > 0) return t("accounts.sign_out_not_accepted");
  return t("accounts.sign_out_all_sent");
}

export function SignOut() {
  const { route } = useLocation();
  const [open, setOpen] = useState(false);
  const asking = useAsking();
  const any = waiting.value.count + setAside.value.length > 0;
  const leave = () =>
    asking.run(async () => {
      await signOut();
      route("/sign-in", true);
    });
  return (
    <Section>
      <div>
        <Button onPress={() => setOpen(true)}>{t("accounts.sign_out")}</Button>
      </div>
      <Sheet
        open={open}
        title={t("accounts.sign_out")}
        onClose={() => setOpen(false)}
        actions={
          <>
            {any && (
              <Button icon="download" onPress={saveCopy}>
                {t("sync.save_copy")}
              </Button>
            )}
            <Button look="primary" disabled={asking.waiting} onPress={leave}>
              {t("accounts.sign_out")}
            </Button>
          </>
        }
      >
        <p>{whatStays()}</p>
        {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      </Sheet>
    </Section>
  );
}
