/** Who was invited and is not here yet: a fresh code at any time, or taken back. */
import { useState } from "preact/hooks";
import { freshCode, withdraw, whyNot, type Invitation, type WayIn } from "../../api";
import { Banner, List, Menu, Row, Section, Sheet, showToast, useAsking } from "../../components";
import { formatAgo, formatList, t } from "../../i18n";
import { WayInCard } from "./way-in";
import { roleWords } from "./words";

interface OpenInvitationsProps {
  networkId: string;
  invitations: readonly Invitation[];
  onChanged: () => void;
}

export function OpenInvitations({ networkId, invitations, onChanged }: OpenInvitationsProps) {
  const [way, setWay] = useState<WayIn>();
  const asking = useAsking();
  const open = invitations.filter((each) => each.standing === "open" && !each.way_back_in);
  if (open.length === 0) return null;
  const nameOf = ({ name }: Invitation) => name ?? t("accounts.somebody");
  const show = (id: string) => asking.run(async () => setWay(await freshCode(networkId, id)));
  const takeBack = (invitation: Invitation) =>
    asking.run(async () => {
      await withdraw(networkId, invitation.id);
      showToast({ text: t("accounts.taken_back", { name: nameOf(invitation) }) });
      onChanged();
    });
  return (
    <Section title={t("accounts.not_here_yet")}>
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <List long label={t("accounts.not_here_yet")}>
        {open.map((invitation) => (
          <Row
            key={invitation.id}
            title={nameOf(invitation)}
            detail={t("accounts.invited_when", {
              roles: formatList(roleWords(invitation.roles)),
              when: formatAgo(invitation.created_at),
            })}
            end={
              <Menu
                label={t("accounts.open")}
                heard={t("accounts.open_invitation", { name: nameOf(invitation) })}
                items={[
                  {
                    label: t("accounts.show_qr"),
                    icon: "eye",
                    onPress: () => show(invitation.id),
                  },
                  {
                    label: t("accounts.take_back"),
                    icon: "trash",
                    careful: true,
                    onPress: () => takeBack(invitation),
                  },
                ]}
              />
            }
          />
        ))}
      </List>
      <Sheet
        open={way !== undefined}
        title={way ? nameOf(way.invitation) : ""}
        onClose={() => setWay(undefined)}
      >
        {way && <WayInCard way={way} />}
      </Sheet>
    </Section>
  );
}
