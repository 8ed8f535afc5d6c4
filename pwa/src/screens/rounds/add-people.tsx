/** Choose from the network's members who takes part, many at once. */
import { useState } from "preact/hooks";
import { Button, Checkbox, Select, Sheet, showToast, TextField } from "../../components";
import { ROUND_ROLES, type RoundRole } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId } from "../../state";
import { saveAnew } from "../revive";
import { aboutMember, activeMembers, type Member } from "../names";
import { type RoundPlan } from "./round-plan";

/** Every role is said anew: the person may have been in the round before. */
async function addPeople(plan: RoundPlan, members: Iterable<string>, as: RoundRole) {
  for (const member of members) {
    const roles = Object.fromEntries(ROUND_ROLES.map((role) => [`roles/${role}`, role === as]));
    await saveAnew("participant", derivedId(plan.id, member), plan.scope, { member, ...roles });
  }
}

interface AddPeopleProps {
  plan: RoundPlan;
  open: boolean;
  onClose: () => void;
}

export function AddPeopleSheet({ plan, open, onClose }: AddPeopleProps) {
  return (
    <Sheet open={open} title={t("rounds.people.add")} onClose={onClose}>
      {open && <AddPeople plan={plan} onClose={onClose} />}
    </Sheet>
  );
}

function AddPeople({ plan, onClose }: Omit<AddPeopleProps, "open">) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [role, setRole] = useState<RoundRole>("visitor");
  const here = new Set(plan.participants.map((each) => each.fields.member));
  const others = activeMembers().filter((member) => !here.has(member.id));
  const add = async () => {
    await addPeople(plan, chosen, role);
    onClose();
    showToast({ text: t("rounds.people.added", { count: chosen.size }) });
  };
  if (others.length === 0) return <p>{t("rounds.people.everyone_here")}</p>;
  return (
    <div class="stack">
      <Select
        label={t("rounds.people.add_as")}
        options={ROUND_ROLES.map((value) => ({
          value,
          label: t(`vocabulary.round_role.${value}`),
        }))}
        value={role}
        onChange={(value) => value && setRole(value)}
      />
      <PickPeople
        members={others}
        chosen={chosen}
        choose={setChosen}
        host={plan.round.fields.host_school}
      />
      <div class="sheet-actions">
        <Button look="primary" disabled={chosen.size === 0} onPress={add}>
          {t("rounds.people.add_these")}
        </Button>
      </div>
    </div>
  );
}

interface PickPeopleProps {
  members: readonly Member[];
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
  host: string | null;
}

function matches(member: Member, sought: string): boolean {
  const words = `${member.fields.name} ${aboutMember(member.id)}`.toLocaleLowerCase();
  return words.includes(sought.trim().toLocaleLowerCase());
}

function PickPeople({ members, chosen, choose, host }: PickPeopleProps) {
  const [sought, setSought] = useState("");
  const found = members.filter((member) => matches(member, sought));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    choose(next);
  };
  return (
    <>
      <TextField
        type="search"
        label={t("rounds.people.search")}
        value={sought}
        onInput={setSought}
      />
      {found.length > 1 && (
        <div>
          <Button onPress={() => choose(new Set(found.map((member) => member.id)))}>
            {t("rounds.people.choose_all")}
          </Button>
        </div>
      )}
      {found.length === 0 && <p class="soft">{t("rounds.people.no_match")}</p>}
      <div class="pick-people">
        {found.map((member) => (
          <Checkbox
            key={member.id}
            label={member.fields.name || t("rounds.people.unnamed")}
            hint={hintOf(member, host)}
            checked={chosen.has(member.id)}
            onChange={(on) => toggle(member.id, on)}
          />
        ))}
      </div>
    </>
  );
}

function hintOf(member: Member, host: string | null): string {
  const fromHost = host !== null && member.fields.school === host;
  return [aboutMember(member.id), fromHost && t("rounds.people.from_host")]
    .filter(Boolean)
    .join(" · ");
}
