/** One person in several networks: which one is open on this device. */
import { useLocation } from "preact-iso";
import { List, Row, Screen } from "../../components";
import { formatList, t } from "../../i18n";
import { me, network, openNetwork } from "../../state";
import { roleWords } from "../accounts/words";

export default function ChooseNetwork() {
  const { route } = useLocation();
  const memberships = me.value?.memberships ?? [];
  return (
    <Screen
      title={t("networks.choose")}
      lead={t("networks.choose_lead")}
      back={{ href: "/settings", label: t("app.settings") }}
    >
      <List label={t("networks.choose")}>
        {memberships.map((membership) => (
          <Row
            key={membership.member_id}
            title={membership.network.name}
            detail={formatList(roleWords(membership.roles))}
            current={membership.member_id === network.value?.member_id}
            onPress={async () => {
              await openNetwork(membership.member_id);
              route("/");
            }}
          />
        ))}
      </List>
    </Screen>
  );
}
