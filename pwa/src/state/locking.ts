/**
 * What of a record is shown after weeks without contact: of what is shared one's own words,
 * and where and when one visits, without which no new note could be written.
 */
import type { Registers } from "../domain/registers";
import type { Kind } from "../generated/records";

const PLAN_OF_THE_DAY = new Set<Kind>(["round", "participant", "team", "classroom", "slot"]);

interface Row {
  kind: Kind;
  scope: string;
  fields: Registers;
}

/** A server's row as this member sees it. Null: nothing is locked. */
export function unlocked({ kind, scope, fields }: Row, member: string | null): Registers {
  if (member === null || scope === `own:${member}` || PLAN_OF_THE_DAY.has(kind)) return fields;
  const own = Object.entries(fields).map(([name, heads]) => [
    name,
    heads.filter((head) => head.by === member),
  ]);
  return Object.fromEntries(own) as Registers;
}
