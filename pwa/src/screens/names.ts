/**
 * Members and schools of the open network by their names. A name that is not known yet is
 * said so, never guessed.
 */
import { compareText, t } from "../i18n";
import { list, network, record, type RecordView } from "../state";

export type Member = RecordView<"member">;

/** The network's own scope: its schools, districts and members. */
export function networkScope(): string {
  return `network:${network.value?.network.id ?? ""}`;
}

export function memberName(memberId: string | null | undefined): string {
  const member = memberId ? record("member", memberId).value : undefined;
  return member?.fields.name || t("rounds.people.unnamed");
}

export function schoolName(schoolId: string | null | undefined): string {
  return (schoolId ? record("school", schoolId).value?.fields.name : "") ?? "";
}

/** Members of the network who are still in it, by name. */
export function activeMembers(): Member[] {
  const members = list("member", networkScope()).value;
  return members
    .filter((each) => each.fields.active !== false)
    .sort((a, b) => compareText(a.fields.name, b.fields.name));
}

/** School and position, as far as they are known. */
export function aboutMember(memberId: string): string {
  const fields = record("member", memberId).value?.fields;
  const position = fields?.position && t(`vocabulary.position.${fields.position}`);
  return [schoolName(fields?.school), position].filter(Boolean).join(" · ");
}
