/**
 * Records as screens see them: live lists, single records, saves. All of the open network.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { mayWrite, type Standing } from "../domain/access";
import type { Kind, SetOf } from "../generated/records";
import { request } from "../sync/api";
import type { Notebook } from "./notebook";
import { network } from "./open-network";
import type { PastChange, RecordView, SaveOptions, SetAside, Waiting } from "./types";

/** The open notebook. Null before anybody signed in here. */
export const notebook = signal<Notebook | null>(null);

function opened(): Notebook {
  if (!notebook.value) throw new Error("no network is open");
  return notebook.value;
}

const nothing = signal<readonly never[]>([]);
const nobody = signal<undefined>(undefined);

/** Every record of a kind (of one scope), without deleted ones, in the order of ids. Live. */
export function list<K extends Kind>(
  kind: K,
  scope?: string,
): ReadonlySignal<readonly RecordView<K>[]> {
  const found = notebook.value?.memory.list(kind, scope) ?? nothing;
  return found as unknown as ReadonlySignal<readonly RecordView<K>[]>;
}

/** Records whose field holds this value, from an index: notes of one visit, cards of a round. */
export function listBy<K extends Kind>(
  kind: K,
  field: keyof RecordView<K>["fields"] & string,
  value: string,
): ReadonlySignal<readonly RecordView<K>[]> {
  const found = notebook.value?.memory.listBy(kind, field, value) ?? nothing;
  return found as unknown as ReadonlySignal<readonly RecordView<K>[]>;
}

export function record<K extends Kind>(
  _kind: K,
  id: string,
): ReadonlySignal<RecordView<K> | undefined> {
  const found = notebook.value?.memory.record(id) ?? nobody;
  return found as unknown as ReadonlySignal<RecordView<K> | undefined>;
}

/**
 * Whether a round's records are in memory. Those of a round of long ago lie in packs on disk
 * until this is asked; a moment later it answers anew.
 */
export function isAtHand(roundId: string): boolean {
  const opening = notebook.value?.open([`round:${roundId}`, `visitors:${roundId}`]);
  opening?.catch(() => (openingFailed.value = true));
  return !opening;
}

/** Save: resolves when it is on this tablet's disk. The network has no part in it. */
export function save<K extends Kind>(
  kind: K,
  id: string,
  scope: string,
  set: SetOf<K>,
  options?: SaveOptions,
): Promise<void> {
  return opened().save(kind, id, scope, set, options);
}

/** What `work` saves before it answers, or where it first waits, is all on disk or none of it. */
export function together<T>(work: () => T): T {
  return opened().together(work);
}

export function remove(kind: Kind, id: string): Promise<void> {
  return opened().remove(kind, id);
}

/** Undo a delete. */
export function restore(kind: Kind, id: string): Promise<void> {
  return opened().restore(kind, id);
}

/** The editor of a record was left without a last save: its change may go. */
export function closeEditor(id: string): Promise<void> {
  return opened().closeEditor(id);
}

/** Whether a record's editor is open, or was when the app was killed. */
export function editorIsOpen(id: string): boolean {
  return opened().editorIsOpen(id);
}

/** An editor is open or something is not on disk yet: do not interrupt. */
export const editing = computed(() => notebook.value?.editing.value ?? false);

/** The tablet's storage could not be opened. */
export const openingFailed = signal(false);

/** The last save did not reach the disk; the text is still in memory. Offer to reopen. */
export const saveTrouble = computed(
  () => openingFailed.value || (notebook.value?.trouble.value ?? false),
);

const NOTHING_WAITS: Waiting = { count: 0, notes: 0, changes: 0, oldestAt: null };

/** Write what is not on disk yet; where the storage never opened, the app begins anew. */
export async function writeAgain(): Promise<void> {
  if (openingFailed.value) location.reload();
  else await notebook.value?.flush();
}

export const waiting: ReadonlySignal<Waiting> = computed(
  () => notebook.value?.waiting.value ?? NOTHING_WAITS,
);

export const setAside: ReadonlySignal<readonly SetAside[]> = computed(
  () => notebook.value?.setAside.value ?? [],
);

/** Scopes that the server grants, and those that were begun here and are not sent yet. */
export const scopes: ReadonlySignal<readonly string[]> = computed(
  () => notebook.value?.memory.scopes.value ?? [],
);

/** Two records may name the same member, who then holds the roles of both. */
function roundRoles(memberId: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { scope, fields } of list("participant").value) {
    if (fields.member !== memberId) continue;
    const round = scope.slice("round:".length);
    found.set(round, new Set([...(found.get(round) ?? []), ...fields.roles]));
  }
  return found;
}

/** What the person is in the open network, as far as this tablet knows. */
export const standing: ReadonlySignal<Standing | null> = computed(() => {
  const here = network.value;
  if (!here) return null;
  const hosted = list("round").value.filter(
    (round) => round.fields.host_school !== null && round.fields.host_school === here.school_id,
  );
  return {
    memberId: here.member_id,
    networkId: here.network.id,
    networkRoles: new Set(here.roles),
    active: true,
    rounds: roundRoles(here.member_id),
    hostedHere: new Set(hosted.map((round) => round.id)),
  };
});

/** Whether a save of these registers would be accepted: what a screen offers. */
export function may(kind: Kind, scope: string, registers: Iterable<string> = []): boolean {
  return standing.value !== null && mayWrite(standing.value, kind, scope, registers);
}

/** The changes of one record, newest first. Needs the network. */
export async function history(id: string): Promise<readonly PastChange[]> {
  const here = network.value?.network.id ?? "";
  const path = `/records/${id}/history?network=${here}`;
  return (await request<{ changes: PastChange[] }>("GET", path)).changes;
}
