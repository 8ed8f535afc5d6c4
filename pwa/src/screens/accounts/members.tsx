/** Everybody in the network: find, see, invite, change. Reads with the radio off too. */
import { useLocation, useRoute } from "preact-iso";
import { useState } from "preact/hooks";
import { invitations, isAway, members } from "../../api";
import { Banner, Button, Empty, List, Row, Screen, TextField, TwoPane } from "../../components";
import { useAnswer } from "../../components";
import { formatAgo, t } from "../../i18n";
import { list, network, syncNow, type Membership } from "../../state";
import { options, placesOf } from "../networks/named";
import { InviteSheet } from "./invite-sheet";
import { MemberDetail } from "./member-detail";
import { OpenInvitations } from "./open-invitations";
import { describe, fits, peopleOf, type Person } from "./people";
import { Upkeep } from "./upkeep";
import "./accounts.css";

interface PeopleListProps {
  people: readonly Person[];
  schoolName: (id: string | null) => string | undefined;
  current: string | undefined;
}

function PeopleList({ people, schoolName, current }: PeopleListProps) {
  const [typed, setTyped] = useState("");
  const lines = people.map((person) => ({
    person,
    line: describe(person, schoolName(person.schoolId)),
  }));
  const found = lines.filter(({ person, line }) => fits(`${person.name} ${line}`, typed));
  return (
    <div class="stack">
      {people.length > 8 && (
        <TextField
          label={t("accounts.find")}
          labelHidden
          type="search"
          placeholder={t("accounts.find")}
          value={typed}
          onInput={setTyped}
        />
      )}
      <p class="only-heard" role="status">
        {typed && t("accounts.found", { count: found.length })}
      </p>
      {found.length === 0 ? (
        <Empty>{typed ? t("accounts.nobody_found") : t("accounts.nobody_yet")}</Empty>
      ) : (
        <List long label={t("app.members")}>
          {found.map(({ person, line }) => (
            <Row
              key={person.id}
              href={`/members/${person.id}`}
              current={person.id === current}
              title={person.name}
              detail={[line, person.lastSeenAt && formatAgo(person.lastSeenAt)]
                .filter(Boolean)
                .join(" · ")}
            />
          ))}
        </List>
      )}
    </div>
  );
}

function MembersOf({ membership }: { membership: Membership }) {
  const { route } = useLocation();
  const chosen = useRoute().params["member"];
  const [inviting, setInviting] = useState(false);
  const networkId = membership.network.id;
  const mayChange = membership.roles.some((role) => role === "lead" || role === "admin");
  const heard = useAnswer(() => members(networkId), networkId);
  const open = useAnswer(
    async () => (mayChange ? invitations(networkId) : []),
    `${networkId} ${mayChange}`,
  );
  const people = peopleOf(list("member").value, heard.value);
  const person = people.find(({ id }) => id === chosen);
  const { schools, districts } = placesOf();
  const schoolName = (id: string | null) => schools.find((school) => school.id === id)?.fields.name;
  const refresh = () => {
    heard.again();
    open.again();
    syncNow();
  };
  return (
    <Screen
      wide
      title={t("app.members")}
      lead={t("accounts.members_lead", { count: people.length, name: membership.network.name })}
      action={
        mayChange && (
          <Button look="primary" icon="add" onPress={() => setInviting(true)}>
            {t("accounts.invite")}
          </Button>
        )
      }
    >
      {isAway(heard.error) && <Banner icon="offline">{t("accounts.members_offline")}</Banner>}
      <TwoPane
        hint={t("accounts.choose_member")}
        back={{ href: "/members", label: t("app.members") }}
        list={
          <div class="stack-wide">
            <PeopleList people={people} schoolName={schoolName} current={chosen} />
            <OpenInvitations
              networkId={networkId}
              invitations={open.value ?? []}
              onChanged={refresh}
            />
            <Upkeep networkId={networkId} roles={membership.roles} />
          </div>
        }
        detail={
          person ? (
            <MemberDetail
              key={person.id}
              networkId={networkId}
              person={person}
              schools={options(schools)}
              districts={options(districts)}
              mayChange={mayChange}
              isMe={person.id === membership.member_id}
              onChanged={refresh}
              onRemoved={() => {
                refresh();
                route("/members");
              }}
            />
          ) : null
        }
      />
      <InviteSheet
        networkId={networkId}
        schools={options(schools)}
        open={inviting}
        onClose={() => {
          setInviting(false);
          refresh();
        }}
      />
    </Screen>
  );
}

export default function Members() {
  const membership = network.value;
  return membership ? <MembersOf key={membership.member_id} membership={membership} /> : null;
}
