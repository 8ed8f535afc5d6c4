/**
 * Registers: how versions of one field live side by side (docs/sync-protocol.md, 1).
 *
 * Pure. The state is a function of the *set* of changes: order, doubles and delay cannot
 * matter. No clock has a part in it, and `made_at` is never compared.
 */
import type { FieldKind, Kind } from "../generated/records";
import { FIELD_KINDS } from "../generated/records";
import { canonical } from "./canonical";

export const DELETED = "deleted";
const POSITION = "position";
const DEEPEST = 2 ** 31 - 1;

/** One save of one record, as it travels. `n` is given by the outbox. */
export interface Change {
  id: string;
  n: number;
  by: string;
  kind: Kind;
  record: string;
  scope: string;
  schema: number;
  made_at: string;
  set: Record<string, unknown>;
  seen: Record<string, string[]>;
  depth: Record<string, number>;
}

/** A revision that no other names as seen. Heads of `deleted` say what they cover. */
export interface Head {
  id: string;
  value: unknown;
  depth: number;
  seen: string[];
  covers?: Record<string, string[]>;
  by?: string;
  made_at?: string;
}

/** Register name to its heads, as pull sends them. */
export type Registers = Record<string, Head[]>;

/** The kind of a register, or undefined where the kind of record has no such field. */
export function kindOfRegister(kind: Kind, register: string): FieldKind | undefined {
  if (register === DELETED) return "deleted";
  const kinds: Record<string, FieldKind> = FIELD_KINDS[kind];
  return kinds[register.split("/", 1)[0]!];
}

/** What one change is as a head of one of its registers. */
export function headOf(change: Change, register: string): Head {
  const head: Head = {
    id: change.id,
    value: change.set[register],
    depth: change.depth[register] ?? 1,
    seen: change.seen[register] ?? [],
    by: change.by,
    made_at: change.made_at,
  };
  if (register === DELETED) {
    const others = Object.entries(change.seen).filter(([name]) => !(name in change.set));
    head.covers = Object.fromEntries(others);
  }
  return head;
}

function withoutNamed(heads: Head[]): Head[] {
  if (heads.length < 2) return heads;
  const named = new Set(heads.flatMap((head) => head.seen));
  return heads.filter((head) => !named.has(head.id));
}

/** The server's heads united with changes it has not answered for; one named by any is none. */
export function unite(fields: Registers, changes: readonly Change[]): Registers {
  if (changes.length === 0) return fields;
  const united = new Map(Object.entries(fields).map(([name, heads]) => [name, [...heads]]));
  for (const change of changes) {
    for (const register of Object.keys(change.set)) {
      const heads = (united.get(register) ?? []).filter((head) => head.id !== change.id);
      united.set(register, [...heads, headOf(change, register)]);
    }
  }
  return Object.fromEntries([...united].map(([name, heads]) => [name, withoutNamed(heads)]));
}

function isAfter(a: Head, b: Head): boolean {
  return a.depth === b.depth ? a.id > b.id : a.depth > b.depth;
}

/** The head shown first: the greatest (depth, id), as an integer and as ASCII. */
export function winner(heads: readonly Head[] | undefined): Head | undefined {
  return heads?.reduce<Head | undefined>(
    (best, head) => (best === undefined || isAfter(head, best) ? head : best),
    undefined,
  );
}

/** Heads with equal values are one version. The winner's version comes first. */
export function versionsOf(heads: readonly Head[]): Head[][] {
  const groups = new Map<string, Head[]>();
  for (const head of [...heads].sort((a, b) => (isAfter(a, b) ? -1 : 1))) {
    const key = canonical(head.value);
    groups.set(key, [...(groups.get(key) ?? []), head]);
  }
  return [...groups.values()];
}

/** A tag is present when any head says so. */
export function tagIsSet(heads: readonly Head[]): boolean {
  return heads.some((head) => head.value === true);
}

function deletion(registers: Registers): "none" | "covered" | "outlived" {
  const flags = registers[DELETED] ?? [];
  if (flags.length === 0 || !flags.every((head) => head.value === true)) return "none";
  const covered = Object.entries(registers).every(([name, heads]) => {
    if (name === DELETED || name === POSITION) return true;
    const ids = new Set(flags.flatMap((flag) => flag.covers?.[name] ?? []));
    return heads.every((head) => ids.has(head.id));
  });
  return covered ? "covered" : "outlived";
}

/** Deleted, unless an edit lives that no deleter had seen. */
export function isDeleted(registers: Registers): boolean {
  return deletion(registers) === "covered";
}

/** Somebody deleted it, and an edit that they had not seen keeps it. */
export function isDeletedThenEdited(registers: Registers): boolean {
  return deletion(registers) === "outlived";
}

function ids(heads: readonly Head[] | undefined): string[] {
  return (heads ?? []).map((head) => head.id).sort();
}

/** The versions that an edit of one register replaces, given what the person is shown. */
function named(kind: Kind, register: string, heads: Head[], resolve: boolean): string[] {
  const fieldKind = kindOfRegister(kind, register);
  const one = fieldKind === "text" || fieldKind === "choice";
  return ids(one && !resolve ? versionsOf(heads)[0] : heads);
}

function nextDepth(heads: readonly Head[] | undefined): number {
  return Math.min(1 + Math.max(0, ...(heads ?? []).map((head) => head.depth)), DEEPEST);
}

export interface Edit {
  seen: Record<string, string[]>;
  depth: Record<string, number>;
}

/**
 * What an edit of these registers names. An ordinary edit of a text or choice names the
 * version shown first; *resolve* names all; tags and positions always name all.
 */
export function composeEdit(
  kind: Kind,
  set: Readonly<Record<string, unknown>>,
  registers: Registers,
  resolve: boolean,
): Edit {
  const names = Object.keys(set);
  const heads = (name: string) => registers[name] ?? [];
  return {
    seen: Object.fromEntries(names.map((n) => [n, named(kind, n, heads(n), resolve)])),
    depth: Object.fromEntries(names.map((n) => [n, nextDepth(heads(n))])),
  };
}

/** A delete names every head of `deleted`, and covers every head of every other field. */
export function composeDelete(registers: Registers): Edit {
  const seen = Object.entries(registers).filter(([, heads]) => heads.length > 0);
  return {
    seen: { ...Object.fromEntries(seen.map(([n, heads]) => [n, ids(heads)])), ...flags(registers) },
    depth: { [DELETED]: nextDepth(registers[DELETED]) },
  };
}

/** An undo sets `deleted` to false and names every head of it. */
export function composeUndo(registers: Registers): Edit {
  return { seen: flags(registers), depth: { [DELETED]: nextDepth(registers[DELETED]) } };
}

function flags(registers: Registers): Record<string, string[]> {
  return { [DELETED]: ids(registers[DELETED]) };
}
