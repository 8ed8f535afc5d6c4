/**
 * Texts as every store can keep them; a note too long for one goes on in a second. Pure.
 */
import { kindOfRegister } from "../domain/registers";
import { pieces } from "../domain/safe-text";
import type { Kind } from "../generated/records";

export interface Repaired {
  first: Record<string, unknown>;
  /** Of a note: what goes on in the next one. */
  rest?: string;
}

export function repaired(kind: Kind, set: object): Repaired {
  const first: Record<string, unknown> = { ...set };
  let rest: string | undefined;
  for (const [name, value] of Object.entries(first)) {
    if (typeof value !== "string" || kindOfRegister(kind, name) !== "text") continue;
    const [head = "", ...others] = pieces(value);
    first[name] = head;
    if (others.length === 0) continue;
    if (kind !== "note") throw new RangeError("text.too_long");
    rest = others.join("");
  }
  return rest === undefined ? { first } : { first, rest };
}

/** What the second note says of itself: the same as the first, and the rest of the text. */
export function continuation(known: object, set: object, rest: string): Record<string, unknown> {
  const { round, observation, classroom, minute, order } = { ...known, ...set } as Record<
    string,
    unknown
  >;
  const from = { round, observation, classroom, minute, order };
  const present = Object.entries(from).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(present), text: rest };
}
