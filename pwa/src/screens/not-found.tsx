/** An address that leads nowhere. */
import { LinkButton, Screen } from "../components";
import { t } from "../i18n";

export default function NotFound() {
  return (
    <Screen
      title={t("app.not_found")}
      lead={t("app.not_found_lead")}
      action={
        <LinkButton look="primary" href="/">
          {t("app.to_today")}
        </LinkButton>
      }
    >
      {null}
    </Screen>
  );
}
