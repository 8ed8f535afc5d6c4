/** A visitor's own notebook on a disk of its own, as the screens of a visit find it. */
import { Cache } from "../../../../pwa/src/db/cache";
import { openOutbox, readChanges, type Outbox } from "../../../../pwa/src/db/outbox";
import { Notebook } from "../../../../pwa/src/state/notebook";
import { me } from "../../../../pwa/src/state/open-network";
import { notebook } from "../../../../pwa/src/state/records";

export const MEMBER = "11111111-1111-4111-8111-111111111111";
export const NETWORK = "22222222-2222-4222-8222-222222222222";
export const ROUND = "33333333-3333-4333-8333-333333333333";
const SCHOOL_SIDE = {
  member_id: MEMBER,
  position: null,
  school_id: null,
  district_id: null,
};

export async function aNotebook(outbox: Outbox = openOutbox("robin")): Promise<Outbox> {
  const book = new Notebook({
    outbox,
    cache: new Cache("robin"),
    network: NETWORK,
    member: MEMBER,
    now: Date.now,
    saved: () => undefined,
  });
  await book.load();
  notebook.value = book;
  const network = {
    id: NETWORK,
    name: "Sample",
    time_zone: "UTC",
    settings: {},
  };
  me.value = {
    person: {
      id: "robin",
      name: "Robin",
      email: null,
      language: null,
      has_password: false,
    },
    memberships: [{ ...SCHOOL_SIDE, network, roles: ["member"] }],
    server_time: "2026-11-24T09:00:00Z",
    vapid_public_key: null,
  };
  return outbox;
}

/** Its owner leads the network. */
export function asLead(): void {
  const [here] = me.value!.memberships;
  me.value = { ...me.value!, memberships: [{ ...here!, roles: ["lead"] }] };
}

/** What the disk holds, as the text of each note by the order of its line. */
export async function textsOnDisk(outbox: Outbox): Promise<string[]> {
  const { waiting } = await readChanges(outbox, NETWORK);
  const notes = new Map<string, { text: string; order: number }>();
  for (const { change } of waiting) {
    if (change.kind !== "note") continue;
    const known = notes.get(change.record) ?? { text: "", order: 0 };
    notes.set(change.record, { ...known, ...(change.set as object) });
  }
  return [...notes.values()].sort((a, b) => a.order - b.order).map(({ text }) => text);
}
