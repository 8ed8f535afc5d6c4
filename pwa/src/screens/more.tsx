/** On a phone: what the bar at the thumb has no room for. */
import { Icon, List, Row, Screen } from "../components";
import { t } from "../i18n";
import { network } from "../state";

export default function More() {
  return (
    <Screen title={t("app.more")} lead={network.value?.network.name}>
      <List>
        <Row href="/members" title={t("app.members")} start={<Icon name="people" />} />
        <Row href="/places" title={t("app.places")} start={<Icon name="place" />} />
        <Row href="/not-sent" title={t("sync.title")} start={<Icon name="tablet" />} />
        <Row href="/settings" title={t("app.settings")} start={<Icon name="settings" />} />
      </List>
    </Screen>
  );
}
