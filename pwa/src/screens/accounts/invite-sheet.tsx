/** Inviting one person: what they will be, then a QR code and a code to show them. */
import { useState } from "preact/hooks";
import { invite, type WayIn } from "../../api";
import { whyNot } from "../../api";
import { Banner, Button, Choice, LinkButton, Select, Sheet, TextField } from "../../components";
import { Form, useAsking } from "../../components";
import type { NetworkRole, Position } from "../../generated/records";
import { t } from "../../i18n";
import { useDraft } from "../words/draft";
import { WayInCard } from "./way-in";
import { positionOptions, roleOptions } from "./words";

interface InviteSheetProps {
  networkId: string;
  schools: readonly { value: string; label: string }[];
  open: boolean;
  onClose: () => void;
}

interface FormProps extends Pick<InviteSheetProps, "networkId" | "schools"> {
  onInvited: (way: WayIn) => void;
}

function InviteForm({ networkId, schools, onInvited }: FormProps) {
  const { forget, ...name } = useDraft("accounts.invite");
  const [role, setRole] = useState<NetworkRole>("member");
  const [position, setPosition] = useState<Position | null>(null);
  const [school, setSchool] = useState<string | null>(null);
  const asking = useAsking();
  const send = () =>
    asking.run(async () => {
      const place = { position, school_id: school };
      const named = name.value.trim() ? { name: name.value.trim() } : {};
      onInvited(await invite(networkId, { ...named, roles: [role], ...place }));
      await forget();
    });
  const options = roleOptions();
  return (
    <Form onSubmit={send}>
      <TextField
        label={t("accounts.name_optional")}
        hint={t("accounts.invite_name_hint")}
        {...name}
      />
      <Choice
        label={t("accounts.role")}
        hint={options.find((option) => option.value === role)?.hint}
        options={options}
        value={role}
        onChange={setRole}
      />
      <Select
        label={t("accounts.position")}
        none={t("accounts.not_said")}
        options={positionOptions()}
        value={position}
        onChange={setPosition}
      />
      {schools.length > 0 && (
        <Select
          label={t("accounts.school")}
          none={t("accounts.not_said")}
          options={schools}
          value={school}
          onChange={setSchool}
        />
      )}
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button look="primary" type="submit" wide disabled={asking.waiting}>
        {t("accounts.make_invitation")}
      </Button>
      <LinkButton look="quiet" href="/members/invite-many">
        {t("accounts.invite_many")}
      </LinkButton>
    </Form>
  );
}

export function InviteSheet({ networkId, schools, open, onClose }: InviteSheetProps) {
  const [way, setWay] = useState<WayIn>();
  const close = () => {
    setWay(undefined);
    onClose();
  };
  return (
    <Sheet open={open} title={t("accounts.invite_one")} onClose={close}>
      {way ? (
        <>
          <WayInCard way={way} />
          <Button wide onPress={() => setWay(undefined)}>
            {t("accounts.invite_another")}
          </Button>
        </>
      ) : (
        <InviteForm networkId={networkId} schools={schools} onInvited={setWay} />
      )}
    </Sheet>
  );
}
