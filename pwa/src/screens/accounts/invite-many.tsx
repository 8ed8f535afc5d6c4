/** Inviting many at once: a name a line, then one sheet to print, cut and hand out. */
import { useState } from "preact/hooks";
import { inviteMany, whyNot } from "../../api";
import { Banner, Button, Choice, Screen, TextArea, useAsking } from "../../components";
import type { NetworkRole } from "../../generated/records";
import { t } from "../../i18n";
import { network } from "../../state";
import { useDraft } from "../words/draft";
import { Cuttings, type Cut } from "./cuttings";
import { roleOptions } from "./words";
import "./accounts.css";

const MOST = 200;

/** Names, one a line, empty lines aside. */
export function namesIn(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().slice(0, MOST))
    .filter(Boolean);
}

interface AskProps {
  networkId: string;
  onMade: (cuts: Cut[]) => void;
}

function AskNames({ networkId, onMade }: AskProps) {
  const { forget, ...words } = useDraft("accounts.invite_many");
  const [role, setRole] = useState<NetworkRole>("member");
  const asking = useAsking();
  const names = namesIn(words.value);
  const options = roleOptions();
  const make = () =>
    asking.run(async () => {
      const people = names.map((name) => ({ name, roles: [role] }));
      onMade(await inviteMany(networkId, people));
      await forget();
    });
  return (
    <Screen
      title={t("accounts.invite_many")}
      lead={t("accounts.invite_many_lead")}
      back={{ href: "/members", label: t("app.members") }}
      action={
        <Button
          look="primary"
          disabled={asking.waiting || names.length === 0 || names.length > MOST}
          onPress={make}
        >
          {names.length > 0
            ? t("accounts.make_invitations", { count: names.length })
            : t("accounts.make_sheet")}
        </Button>
      }
    >
      <TextArea
        label={t("accounts.names_one_a_line")}
        rows={8}
        {...words}
        wrong={names.length > MOST ? t("accounts.too_many", { count: MOST }) : undefined}
      />
      <Choice
        label={t("accounts.role")}
        hint={options.find(({ value }) => value === role)?.hint}
        options={options}
        value={role}
        onChange={setRole}
      />
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
    </Screen>
  );
}

export default function InviteMany() {
  const [cuts, setCuts] = useState<Cut[]>();
  const open = network.value?.network;
  if (!open) return null;
  if (!cuts) return <AskNames networkId={open.id} onMade={setCuts} />;
  return (
    <Screen
      wide
      title={t("accounts.sheet_title")}
      lead={<span class="no-print">{t("accounts.sheet_lead")}</span>}
      back={{ href: "/members", label: t("app.members") }}
      action={
        <Button look="primary" icon="print" onPress={() => window.print()}>
          {t("accounts.print")}
        </Button>
      }
    >
      <Cuttings cuts={cuts} networkName={open.name} />
    </Screen>
  );
}
