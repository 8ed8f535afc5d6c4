/**
 * Who takes part in the round, and as what. Access follows it, so leads alone write it.
 *
 * A participant's id is made from the round and the member: added on two tablets, once there.
 */
import { useState } from "preact/hooks";
import { Button, Checkbox, Empty, Icon, List, Row, Sheet, showToast } from "../../components";
import { ROUND_ROLES, type RoundRole } from "../../generated/records";
import { compareText, t } from "../../i18n";
import { remove, restore, save } from "../../state";
import { OwnSchoolHosts } from "../debriefs/own-school-hosts";
import { aboutMember, memberName } from "../names";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { AddPeopleSheet } from "./add-people";
import { partIn, type Participant, type RoundPlan } from "./round-plan";

export function roleWords(roles: ReadonlySet<string>): string {
  const held = ROUND_ROLES.filter((role) => roles.has(role));
  if (held.length === 0) return t("rounds.people.no_role");
  return held.map((role) => t(`vocabulary.round_role.${role}`)).join(", ");
}

/** Hosts first, then by name. */
function inOrder(participants: readonly Participant[]): Participant[] {
  const host = (each: Participant) => (each.fields.roles.has("host") ? 0 : 1);
  return [...participants]
    .filter((each) => each.fields.member)
    .sort(
      (a, b) =>
        host(a) - host(b) || compareText(memberName(a.fields.member), memberName(b.fields.member)),
    );
}

export function PeoplePart({ plan }: { plan: RoundPlan }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const { leads, plans } = partIn(plan);
  const people = inOrder(plan.participants);
  const add = (
    <Button
      look={people.length === 0 ? "primary" : "plain"}
      icon="add"
      onPress={() => setAdding(true)}
    >
      {t("rounds.people.add")}
    </Button>
  );
  return (
    <div class="stack">
      {!leads && plans && <p class="soft">{t("rounds.people.lead_only")}</p>}
      {leads && people.length > 0 && <p class="soft">{t("rounds.people.hint")}</p>}
      {leads && people.length > 0 && <OwnSchoolHosts roundId={plan.id} />}
      {people.length === 0 ? (
        <Empty action={leads && add}>
          {t(leads ? "rounds.people.none" : "rounds.people.none_read")}
        </Empty>
      ) : (
        <>
          <List long label={t("rounds.part.people")}>
            {people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                open={leads ? () => setOpenId(person.id) : undefined}
              />
            ))}
          </List>
          {leads && <div>{add}</div>}
        </>
      )}
      <RolesSheet plan={plan} id={openId} onClose={() => setOpenId(null)} />
      <AddPeopleSheet plan={plan} open={adding} onClose={() => setAdding(false)} />
    </div>
  );
}

function PersonRow({ person, open }: { person: Participant; open: (() => void) | undefined }) {
  const member = person.fields.member ?? "";
  return (
    <Row
      title={memberName(member)}
      detail={[roleWords(person.fields.roles), aboutMember(member)].filter(Boolean).join(" · ")}
      end={open && <Icon name="forward" size={16} />}
      onPress={open}
    />
  );
}

interface RolesSheetProps {
  plan: RoundPlan;
  id: string | null;
  onClose: () => void;
}

function RolesSheet({ plan, id, onClose }: RolesSheetProps) {
  const person = plan.participants.find((each) => each.id === id);
  const name = memberName(person?.fields.member);
  const setRole = (role: RoundRole, on: boolean) =>
    person && save("participant", person.id, plan.scope, { [`roles/${role}`]: on });
  const takeOut = async () => {
    if (!person) return;
    onClose();
    await remove("participant", person.id);
    const undo = () => restore("participant", person.id);
    showToast({ text: t("rounds.people.removed", { name }), undo });
  };
  return (
    <Sheet
      open={person !== undefined}
      title={t("rounds.people.roles", { name })}
      onClose={onClose}
      actions={
        <>
          <Button look="careful" onPress={takeOut}>
            {t("rounds.people.take_out")}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t("rounds.schedule.done")}
          </Button>
        </>
      }
    >
      {person && <DeletedThenEdited kind="participant" id={person.id} scope={plan.scope} />}
      <div class="tick-columns">
        {ROUND_ROLES.map((role) => (
          <Checkbox
            key={role}
            label={t(`vocabulary.round_role.${role}`)}
            checked={person?.fields.roles.has(role) ?? false}
            onChange={(on) => setRole(role, on)}
          />
        ))}
      </div>
    </Sheet>
  );
}
