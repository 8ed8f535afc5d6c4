/**
 * What somebody who left the network had taken on: shown to the lead until it is handed over.
 * Nothing is reassigned by itself, and what was done before stays as it was.
 */
import { Section, Select, showToast } from "../../components";
import { ROUND_ROLES } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, list, may, record, save, type RecordView } from "../../state";
import { activeMembers, memberName } from "../names";
import { roleWords } from "../rounds/people";
import { setTaker, takers } from "./item-editor";

type Item = RecordView<"next_level_item">;
type Participant = RecordView<"participant">;

const ENDED = new Set<string | null>(["done", "let_go"]);

export function hasLeft(memberId: string | null): boolean {
  return memberId !== null && record("member", memberId).value?.fields.active === false;
}

function itemsLeft(scope: string): Item[] {
  const open = list("next_level_item", scope).value.filter(
    ({ fields }) => !ENDED.has(fields.outcome),
  );
  return open.filter(({ fields }) => hasLeft(fields.taken_on_by_member));
}

function rolesLeft(scope: string): Participant[] {
  return list("participant", scope).value.filter(
    ({ fields }) => fields.roles.size > 0 && hasLeft(fields.member),
  );
}

/** Whether a lead has something to hand over in this round. */
export function isAnythingLeft(roundId: string): boolean {
  const scope = `round:${roundId}`;
  return may("participant", scope) && itemsLeft(scope).length + rolesLeft(scope).length > 0;
}

/** The one who comes has the roles, in the same place; the one who left has none. */
async function handOver(from: Participant, to: string): Promise<void> {
  const { scope, fields } = from;
  const roles = ROUND_ROLES.filter((role) => fields.roles.has(role));
  const set = (on: boolean) => Object.fromEntries(roles.map((role) => [`roles/${role}`, on]));
  const roundId = scope.slice("round:".length);
  await save("participant", derivedId(roundId, to), scope, { member: to, ...set(true) });
  for (const team of list("team", scope).value) {
    if (team.fields.facilitator === fields.member) {
      await save("team", team.id, scope, { facilitator: to });
    }
  }
  await save("participant", from.id, scope, set(false));
  showToast({ text: t("improvement.handed_over", { name: memberName(to) }) });
}

function LeftItem({ item }: { item: Item }) {
  const name = memberName(item.fields.taken_on_by_member);
  return (
    <li class="stack">
      <p>{item.fields.text || t("improvement.unwritten_item")}</p>
      <Select
        label={t("improvement.left", { name })}
        none={t("improvement.choose_who")}
        options={takers()}
        value={null}
        onChange={(value) => value && setTaker(item, value)}
      />
    </li>
  );
}

function LeftRole({ person }: { person: Participant }) {
  const name = memberName(person.fields.member);
  const roles = roleWords(person.fields.roles);
  const members = activeMembers().map((each) => ({ value: each.id, label: each.fields.name }));
  return (
    <li>
      <Select
        label={t("improvement.left_role", { name, roles })}
        none={t("improvement.choose_who")}
        options={members}
        value={null}
        onChange={(value) => value && handOver(person, value)}
      />
    </li>
  );
}

export function Handover({ roundId }: { roundId: string }) {
  const scope = `round:${roundId}`;
  if (!isAnythingLeft(roundId)) return null;
  return (
    <Section title={t("improvement.handover")}>
      <ul class="summary-statements no-print">
        {rolesLeft(scope).map((person) => (
          <LeftRole key={person.id} person={person} />
        ))}
        {itemsLeft(scope).map((item) => (
          <LeftItem key={item.id} item={item} />
        ))}
      </ul>
    </Section>
  );
}
