/**
 * Save a record whose id is made from what it is, such as V5 of this round: it may have been
 * there before and taken away. Then it is brought back first, and every field is said anew.
 */
import { record, restore, save, type Kind, type SetOf } from "../state";

/** Bring a record back where it was taken away; nothing where it is there or never was. */
export async function revive(kind: Kind, id: string): Promise<void> {
  if (!record(kind, id).peek()) await restore(kind, id);
}

export async function saveAnew<K extends Kind>(
  kind: K,
  id: string,
  scope: string,
  set: SetOf<K>,
): Promise<void> {
  await revive(kind, id);
  await save(kind, id, scope, set);
}
