/**
 * A record as a screen gets it: the winner of each field, and every version where there are
 * several. Pure.
 */
import { canonical } from "../domain/canonical";
import {
  DELETED,
  isDeletedThenEdited,
  tagIsSet,
  versionsOf,
  winner,
  type Head,
  type Registers,
} from "../domain/registers";
import { FIELD_KINDS, type FieldKind, type Kind } from "../generated/records";
import type { RecordView, Status, Version } from "./types";

function fieldValue(fieldKind: FieldKind, name: string, registers: Registers): unknown {
  if (fieldKind === "tag") return tagsOf(name, registers);
  const value = winner(registers[name])?.value ?? null;
  return fieldKind === "text" ? (value ?? "") : value;
}

function tagsOf(name: string, registers: Registers): ReadonlySet<string> {
  const prefix = `${name}/`;
  const present = Object.entries(registers).filter(
    ([register, heads]) => register.startsWith(prefix) && tagIsSet(heads),
  );
  return new Set(present.map(([register]) => register.slice(prefix.length)));
}

function asVersion(heads: readonly Head[]): Version {
  const { value, by, made_at } = heads[0]!;
  const version: Version = { ids: heads.map((head) => head.id), value };
  return { ...version, ...(by ? { by } : {}), ...(made_at ? { madeAt: made_at } : {}) };
}

export function viewOf(
  id: string,
  kind: Kind,
  scope: string,
  registers: Registers,
  status: Status,
): RecordView {
  const fields: Record<string, unknown> = {};
  const versions: Record<string, readonly Version[]> = {};
  let first: Head | undefined;
  for (const [name, fieldKind] of Object.entries(FIELD_KINDS[kind]) as [string, FieldKind][]) {
    fields[name] = fieldValue(fieldKind, name, registers);
    if (fieldKind !== "text" && fieldKind !== "choice") continue;
    const heads = registers[name] ?? [];
    first ??= winner(heads);
    const several = heads.length > 1 ? versionsOf(heads) : [];
    if (several.length > 1) versions[name] = several.map(asVersion);
  }
  const deletedThenEdited = isDeletedThenEdited(registers);
  const view = { id, kind, scope, fields, versions, status, deletedThenEdited };
  const { by, made_at: madeAt } = first ?? {};
  const deletedBy = deletedThenEdited ? winner(registers[DELETED])?.by : undefined;
  return {
    ...view,
    ...(deletedBy ? { deletedBy } : {}),
    ...(by ? { by } : {}),
    ...(madeAt ? { madeAt } : {}),
  } as unknown as RecordView;
}

/** Whether an edit would say nothing new: every version already has this value. */
export function saysNothingNew(heads: readonly Head[] | undefined, value: unknown): boolean {
  if (!heads?.length) return false;
  if (typeof value !== "object" || value === null) return heads.every((h) => h.value === value);
  const wanted = canonical(value);
  return heads.every((head) => canonical(head.value) === wanted);
}
