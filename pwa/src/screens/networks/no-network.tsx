/** Somebody who is signed in and belongs to no network now. Their own words are still here. */
import { LinkButton, Screen } from "../../components";
import { t } from "../../i18n";

export default function NoNetwork() {
  return (
    <Screen
      title={t("networks.no_network")}
      lead={t("networks.no_network_lead")}
      action={
        <LinkButton look="primary" href="/join">
          {t("accounts.code_instead")}
        </LinkButton>
      }
    >
      <p>{t("networks.no_network_words")}</p>
      <div>
        <LinkButton href="/settings">{t("app.settings")}</LinkButton>
      </div>
    </Screen>
  );
}
