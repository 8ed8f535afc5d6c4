/**
 * What the disk keeps, as the view takes it: changes, held scopes, the tray.
 */
import type { Reading } from "../db/cache";
import type { Acknowledged, Draft, Entry, Handed, KeptForView } from "../db/outbox";
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

/** Somebody else's words: seen like one's own, until the server's rows show them. */
function fromHanded({ change }: Handed): Local {
  const { n, ...rest } = change;
  const past = { status: null, seq: 0, frozen: true, editing: false } as const;
  return { change: rest, n, place: "handed", ...past, reason: null, field: null };
}

export function localsIn({ waiting, acknowledged, handed }: KeptForView): Local[] {
  return [
    ...acknowledged.map(fromAcknowledged),
    ...handed.map(fromHanded),
    ...waiting.map(fromEntry),
  ];
}

export function onlyOf(
  ids: ReadonlySet<string>,
  { waiting, acknowledged, handed }: KeptForView,
): KeptForView {
  return {
    handed: handed.filter((each) => ids.has(each.change.record)),
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
