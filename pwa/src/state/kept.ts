/**
 * What the disk keeps, as the view takes it: changes, held scopes, the tray.
 */
import type { Reading } from "../db/cache";
import type { Acknowledged, Draft, Entry, Kept } from "../db/outbox";
import type { Holding, Local } from "./memory";
import type { SetAside } from "./types";

const NOTHING_HELD: Holding = { scopes: null, scopesHead: 0, dropped: new Set() };

export function fromEntry(entry: Entry): Local {
  const { change, n, frozen, editing, held } = entry;
  const place = { place: "waiting", status: null, seq: 0 } as const;
  const reason = held?.why ?? null;
  return { change, n, frozen, editing, ...place, reason, field: held?.field ?? null };
}

/** A draft is the newest of all until it has a number. */
export function onItsWay({ change, editing }: Draft): Local {
  const rest = { status: null, seq: 0, frozen: false, reason: null, field: null } as const;
  return { change, n: Number.MAX_SAFE_INTEGER, place: "saving", editing, ...rest };
}

function fromAcknowledged(held: Acknowledged): Local {
  const { change, n, status, seq, field } = held;
  const reason = status === "purged" ? "purged" : (held.reason ?? "refused");
  const past = { place: "acknowledged", frozen: true, editing: false } as const;
  return { change, n, status, seq, field, ...past, reason: status === "applied" ? null : reason };
}

export function localsIn({ waiting, acknowledged }: Kept): Local[] {
  return [...acknowledged.map(fromAcknowledged), ...waiting.map(fromEntry)];
}

export function onlyOf(ids: ReadonlySet<string>, { waiting, acknowledged }: Kept): Kept {
  return {
    waiting: waiting.filter((each) => ids.has(each.record)),
    acknowledged: acknowledged.filter((each) => ids.has(each.record)),
  };
}

export function holdingOf(reading: Reading | undefined): Holding {
  if (!reading) return NOTHING_HELD;
  const { scopes, scopes_head: scopesHead, dropped } = reading;
  return { scopes: scopes && new Set(scopes), scopesHead, dropped: new Set(dropped) };
}

export function inTray({ change, reason, field }: Local): SetAside {
  const { id: changeId, kind, record: recordId, scope, set: values, made_at: madeAt } = change;
  return { changeId, kind, recordId, scope, values, madeAt, reason: reason!, field };
}
