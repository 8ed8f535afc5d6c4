/** One member: what they are in the network, and for leads and admins what may be changed. */
import { useRef, useState } from "preact/hooks";
import { changeMember, endSignInsOf, letBackIn, removeMember, whyNot } from "../../api";
import type { Place, WayIn } from "../../api";
import { Banner, Button, Checkbox, List, Row, Section, Select, Sheet } from "../../components";
import { showToast, useAsking } from "../../components";
import type { NetworkRole } from "../../generated/records";
import { formatAgo, t } from "../../i18n";
import { describe, type Person } from "./people";
import { WayInCard } from "./way-in";
import { positionOptions, roleOptions } from "./words";

interface Option {
  value: string;
  label: string;
}

interface MemberDetailProps {
  networkId: string;
  person: Person;
  schools: readonly Option[];
  districts: readonly Option[];
  /** Whether the one who looks may change it. */
  mayChange: boolean;
  isMe: boolean;
  onChanged: () => void;
  onRemoved: () => void;
}

/** What was just chosen is shown at once, sent in turn, and taken back where it was refused. */
function useChange({ networkId, person, onChanged }: MemberDetailProps) {
  const [chosen, setChosen] = useState<Partial<Place>>({});
  const [error, setError] = useState<unknown>();
  const sending = useRef(Promise.resolve());
  const refused = (reason: unknown) => {
    setChosen({});
    setError(() => reason);
  };
  const change = (what: Partial<Place>) => {
    setChosen((before) => ({ ...before, ...what }));
    setError(undefined);
    sending.current = sending.current
      .then(() => changeMember(networkId, person.id, what))
      .then(onChanged, refused);
  };
  const { position, schoolId: school_id, districtId: district_id } = person;
  const shown = { roles: person.roles, position, school_id, district_id, ...chosen };
  return { shown, change, error };
}

function Change(props: MemberDetailProps) {
  const { shown, change, error } = useChange(props);
  return (
    <div class="stack">
      <Roles roles={shown.roles} onChange={(roles) => change({ roles })} />
      <Select
        label={t("accounts.position")}
        none={t("accounts.not_said")}
        options={positionOptions()}
        value={positionOptions().find(({ value }) => value === shown.position)?.value ?? null}
        onChange={(position) => change({ position })}
      />
      <Select
        label={t("accounts.school")}
        none={t("accounts.not_said")}
        options={props.schools}
        value={shown.school_id}
        onChange={(school_id) => change({ school_id })}
      />
      <Select
        label={t("accounts.district")}
        none={t("accounts.not_said")}
        options={props.districts}
        value={shown.district_id}
        onChange={(district_id) => change({ district_id })}
      />
      {error !== undefined && <Banner tone="careful">{whyNot(error)}</Banner>}
    </div>
  );
}

interface RolesProps {
  roles: readonly string[];
  onChange: (roles: NetworkRole[]) => void;
}

/** At least one role stays: a member is something. */
function Roles({ roles, onChange }: RolesProps) {
  const options = roleOptions();
  const toggled = (role: string, on: boolean) =>
    options
      .map(({ value }) => value)
      .filter((value) => (value === role ? on : roles.includes(value)));
  return (
    <fieldset>
      <legend class="field-label">{t("accounts.roles")}</legend>
      {options.map(({ value, label, hint }) => (
        <Checkbox
          key={value}
          label={label}
          hint={hint}
          checked={roles.includes(value)}
          disabled={toggled(value, !roles.includes(value)).length === 0}
          onChange={(on) => onChange(toggled(value, on))}
        />
      ))}
    </fieldset>
  );
}

function Devices({ devices }: { devices: Person["devices"] }) {
  if (devices.length === 0) return <p class="soft">{t("accounts.no_devices")}</p>;
  return (
    <List label={t("accounts.devices")}>
      {devices.map((device) => (
        <Row
          key={`${device.name} ${device.last_seen_at}`}
          title={device.name}
          end={formatAgo(device.last_seen_at)}
        />
      ))}
    </List>
  );
}

function LetBackIn({ networkId, person }: MemberDetailProps) {
  const [way, setWay] = useState<WayIn>();
  const asking = useAsking();
  const ask = () => asking.run(async () => setWay(await letBackIn(networkId, person.id)));
  return (
    <>
      <Button icon="lock" disabled={asking.waiting} onPress={ask}>
        {t("accounts.let_back_in")}
      </Button>
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Sheet
        open={way !== undefined}
        title={t("accounts.let_back_in_title", { name: person.name })}
        onClose={() => setWay(undefined)}
      >
        <p class="soft">{t("accounts.let_back_in_lead")}</p>
        {way && <WayInCard way={way} />}
      </Sheet>
    </>
  );
}

function Remove({ networkId, person, onRemoved }: MemberDetailProps) {
  const [open, setOpen] = useState(false);
  const asking = useAsking();
  const remove = () =>
    asking.run(async () => {
      await removeMember(networkId, person.id);
      setOpen(false);
      showToast({ text: t("accounts.removed", { name: person.name }) });
      onRemoved();
    });
  return (
    <>
      <Button look="careful" icon="trash" onPress={() => setOpen(true)}>
        {t("accounts.remove")}
      </Button>
      <Sheet
        open={open}
        title={t("accounts.remove_title", { name: person.name })}
        onClose={() => setOpen(false)}
        actions={
          <Button look="careful" disabled={asking.waiting} onPress={remove}>
            {t("accounts.remove")}
          </Button>
        }
      >
        <p>{t("accounts.remove_what_happens")}</p>
        {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      </Sheet>
    </>
  );
}

function SignOutThere({ networkId, person, onChanged }: MemberDetailProps) {
  const [open, setOpen] = useState(false);
  const asking = useAsking();
  const end = () =>
    asking.run(async () => {
      await endSignInsOf(networkId, person.id);
      setOpen(false);
      showToast({ text: t("accounts.ended_all", { name: person.name }) });
      onChanged();
    });
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("accounts.end_all")}</Button>
      <Sheet
        open={open}
        title={t("accounts.end_all_title", { name: person.name })}
        onClose={() => setOpen(false)}
        actions={
          <Button look="careful" disabled={asking.waiting} onPress={end}>
            {t("accounts.end_all")}
          </Button>
        }
      >
        <p>{t("accounts.end_all_what_happens")}</p>
        {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      </Sheet>
    </>
  );
}

export function MemberDetail(props: MemberDetailProps) {
  const { person, mayChange, isMe, schools } = props;
  const school = schools.find(({ value }) => value === person.schoolId)?.label;
  return (
    <div class="stack-wide">
      <header>
        <h2>{person.name}</h2>
        <p class="soft">{describe(person, school)}</p>
      </header>
      {mayChange && (
        <>
          <Change {...props} />
          <Section title={t("accounts.devices")}>
            <Devices devices={person.devices} />
          </Section>
          {!isMe && (
            <div class="cluster">
              <LetBackIn {...props} />
              {person.devices.length > 0 && <SignOutThere {...props} />}
              <Remove {...props} />
            </div>
          )}
        </>
      )}
    </div>
  );
}
