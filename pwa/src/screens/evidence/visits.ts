/**
 * What a visitor does with the plan while under way: ends a visit, says that a classroom is
 * not for today, takes a spare number.
 *
 * A slot that is off and the spare number's slot are two records, each harmless alone.
 */
import { freeSpare } from "../../domain/rounds";
import { derivedId, list, network, record, remove, save } from "../../state";
import { saveAnew } from "../revive";
import type { VisitSlot } from "./day";
import { observationId } from "./own-notes";

export function schoolZone(): string {
  return network.value?.network.time_zone ?? "UTC";
}

/** The visit is over as far as its author is concerned. Answers how to open it again. */
export function endVisit(slot: string, member: string): () => Promise<void> {
  const id = observationId(slot, member);
  if (!record("observation", id).peek()) return async () => undefined;
  void save("observation", id, `own:${member}`, { ended_at: new Date().toISOString() });
  return () => save("observation", id, `own:${member}`, { ended_at: null });
}

/** *Not today*: no reason is asked, none is stored. */
export async function skipSlot(round: string, slot: VisitSlot): Promise<() => Promise<void>> {
  await save("slot", slot.id, `round:${round}`, { skipped: true });
  return () => save("slot", slot.id, `round:${round}`, { skipped: false });
}

/** A spare number of the team that no slot uses yet. */
export function spareFor(round: string, slot: VisitSlot) {
  const scope = `round:${round}`;
  const classrooms = list("classroom", scope).value.map(({ id, fields }) => ({ id, ...fields }));
  const slots = list("slot", scope).value.map(({ id, fields }) => ({ id, ...fields }));
  return freeSpare(classrooms, slots, slot.team);
}

export interface SpareTaken {
  slot: string;
  undo: () => Promise<void>;
}

/**
 * The spare number in place of a classroom, at the same time. Its id comes from both, so that
 * two members of a team who tap at once make one slot; taken again after an undo, it is there.
 */
export async function takeSpare(
  round: string,
  instead: VisitSlot,
  classroom: string,
): Promise<SpareTaken> {
  const id = derivedId(instead.id, classroom);
  const { team, begins_at, minutes } = instead;
  const slot = { team, classroom, begins_at, minutes, skipped: false };
  await saveAnew("slot", id, `round:${round}`, slot);
  return { slot: id, undo: () => remove("slot", id) };
}
