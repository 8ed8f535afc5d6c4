/**
 * What screens know of records, people and sending. Types alone: no state, no rules.
 */
import type {
  FieldsOf,
  Kind,
  NetworkRole,
  Position,
  SetAsideReason,
  SetOf,
} from "../generated/records";

export type { FieldsOf, Kind, SetOf };

/** One network that the person belongs to, and what they are there. `member_id` is `by`. */
export interface Membership {
  member_id: string;
  network: {
    id: string;
    name: string;
    time_zone: string;
    settings: Record<string, unknown>;
    /** Unknown to a tablet that was not online since an older version. */
    retention_days?: number;
  };
  roles: NetworkRole[];
  position: Position | null;
  school_id: string | null;
  district_id: string | null;
  /** Rounds whose notes by this member go within a week; the last day is the network's. */
  notes_go?: { round_id: string; kept_through: string }[];
}

export interface Me {
  person: {
    id: string;
    name: string;
    email: string | null;
    language: string | null;
    has_password: boolean;
  };
  memberships: Membership[];
  server_time: string;
  vapid_public_key: string | null;
}

/**
 * Where a record's newest words are. `saving`: on the way to this tablet's disk, not there
 * yet; say nothing of it or "Saving ...", never "Saved".
 */
export type Status = "saving" | "on_tablet" | "on_server";

/** One version of a register. Versions with equal values count as one; `ids` names them all. */
export interface Version {
  ids: readonly string[];
  value: unknown;
  by?: string;
  madeAt?: string;
}

export interface RecordView<K extends Kind = Kind> {
  id: string;
  kind: K;
  scope: string;
  /** The winner of each field, shown first. */
  fields: FieldsOf<K>;
  /** Registers with more than one version, winner first. Tags, positions: never in here. */
  versions: { readonly [register: string]: readonly Version[] };
  status: Status;
  /** "Deleted by X, then edited": somebody deleted it and an edit they had not seen keeps it. */
  deletedThenEdited: boolean;
  /** Who deleted it then, where authorship is shown. */
  deletedBy?: string;
  by?: string;
  madeAt?: string;
}

/** One applied change of a record, as the server tells it. `by` where that is shown, or one's own. */
export interface PastChange {
  seq: number;
  id: string;
  by?: string;
  /** The day alone, except of one's own. */
  made_at: string;
  set: Readonly<Record<string, unknown>>;
}

export interface SaveOptions {
  /** The person chose or merged: names every version displayed. */
  resolve?: boolean;
  /** The editor is still open; the change waits for a pause. Say false (or nothing) on blur. */
  editing?: boolean;
}

/** A change that was not accepted (yet), for the tray. `values` is the person's own text. */
export interface SetAside {
  changeId: string;
  kind: Kind;
  recordId: string;
  scope: string;
  values: Readonly<Record<string, unknown>>;
  madeAt: string;
  /** `refused`: the server could not read it; `too_large`: no way is wide enough for it. */
  reason: SetAsideReason | "refused" | "too_large" | "purged";
  field: string | null;
}

export type Link = "online" | "offline" | "sending" | "signed_out";

/** What is only on this tablet. */
export interface Waiting {
  /** Records, of whatever kind. */
  count: number;
  /** Notes that the server has never had. */
  notes: number;
  /** Everything else that a person did: a plan, a card, a note worded anew. */
  changes: number;
  oldestAt: string | null;
}
