/**
 * The people of a network as one list: from the records, which are here with the radio
 * off, and beside them what only the server knows: when somebody was last here, on what.
 */
import type { MemberView } from "../../api";
import type { RecordView } from "../../state";
import { compareText } from "../../i18n";
import { positionWord, roleWords } from "./words";

export interface Person {
  id: string;
  name: string;
  roles: string[];
  position: string | null;
  schoolId: string | null;
  districtId: string | null;
  lastSeenAt: string | null;
  devices: { name: string; last_seen_at: string }[];
}

function fromRecord({ id, fields }: RecordView<"member">): Person {
  return {
    id,
    name: fields.name,
    roles: [...fields.roles],
    position: fields.position,
    schoolId: fields.school,
    districtId: fields.district,
    lastSeenAt: null,
    devices: [],
  };
}

function fromServer(view: MemberView): Person {
  return {
    id: view.member_id,
    name: view.name,
    roles: view.roles,
    position: view.position,
    schoolId: view.school_id,
    districtId: view.district_id,
    lastSeenAt: view.last_seen_at ?? null,
    devices: view.devices ?? [],
  };
}

/** Everybody who is in the network now, by name. The server's word wins where it was heard. */
export function peopleOf(
  records: readonly RecordView<"member">[],
  heard: readonly MemberView[] | undefined,
): Person[] {
  const people = heard
    ? heard.map(fromServer)
    : records.filter((record) => record.fields.active !== false).map(fromRecord);
  return people.sort((a, b) => compareText(a.name, b.name));
}

/** One line on what somebody is: roles, position, school. */
export function describe(person: Person, schoolName: string | undefined): string {
  return [...roleWords(person.roles), positionWord(person.position), schoolName]
    .filter(Boolean)
    .join(" · ");
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word that was typed begins a word of the line, accents aside. */
export function fits(line: string, typed: string): boolean {
  const words = plain(line).split(/[\s·-]+/);
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((beginning) => words.some((word) => word.startsWith(beginning)));
}
