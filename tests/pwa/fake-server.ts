/**
 * A network peer for tests: push and pull of docs/sync-protocol.md, written a second time
 * from that page alone. It shares no code with the app: an oracle that did would be none.
 */
import { createHash } from "node:crypto";

type Ids = string[];

export interface SentChange {
  id: string;
  by: string;
  kind: string;
  record: string;
  scope: string;
  set: Record<string, unknown>;
  seen: Record<string, Ids>;
  depth: Record<string, number>;
}

interface ServerHead {
  id: string;
  value: unknown;
  depth: number;
  seen: Ids;
  by: string;
  covers?: Record<string, Ids>;
}

interface ServerRecord {
  kind: string;
  scope: string;
  seq: number;
  fields: Map<string, Map<string, ServerHead>>;
  missing: Map<string, Set<string>>;
  purged: boolean;
}

interface LogRow {
  id: string;
  hash: string;
  status: "applied" | "set_aside";
  at: number;
  body: SentChange | null;
}

interface Database {
  head: number;
  chain: string[];
  epoch: string;
  durable: number;
  log: Map<number, LogRow>;
  ids: Map<string, number>;
  records: Map<string, ServerRecord>;
}

export type Fault =
  | "none"
  | "lost_request"
  | "lost_reply"
  | "twice"
  | "reversed"
  | "portal"
  | "proxy"
  | "busy"
  | "redirect";

function spell(value: unknown): string {
  if (Array.isArray(value)) return "[" + value.map(spell).join(",") + "]";
  if (value !== null && typeof value === "object") {
    const object = value as Record<string, unknown>;
    const keys = Object.keys(object).sort();
    return "{" + keys.map((key) => JSON.stringify(key) + ":" + spell(object[key])).join(",") + "}";
  }
  return JSON.stringify(value);
}

const hex = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

const empty = (): Database => ({
  ...{ head: 0, chain: [""], epoch: "e0", durable: 0 },
  ...{ log: new Map(), ids: new Map(), records: new Map() },
});

export class FakeServer {
  db = empty();
  /** "member scope" pairs. */
  grants = new Set<string>();
  network = "net";
  session: string | null = null;
  unreachable = false;
  /** Requests neither come through nor fail, until whoever asked gives up. */
  hanging = false;
  /** Requests that were begun, whatever became of them. */
  tried = 0;
  /** Pushes with more changes than this are answered 413. */
  widest = 500;
  /** A push with a change of this id is answered 413, however small. */
  tooLarge = new Set<string>();
  /** A push that holds this text is answered 500. */
  stumbling: string | null = null;
  /** A push that holds this text is answered 400 as a whole. */
  unreadable: string | null = null;
  refusing = new Map<string, { reason: string; field: string | null }>();
  pushes: SentChange[][] = [];
  asked: string[] = [];
  faults: Fault[] = [];
  pageLimit = 500;
  /** A scope with more records than this, read from its beginning, comes by snapshot. */
  largest = 500;
  /** Scopes of rounds of long ago; null: a server that says nothing of it. */
  archived: Set<string> | null = null;
  /** Deletions up to this number are told no more. */
  forgotten = 0;
  /** What tablets said of themselves. */
  beats: Record<string, unknown>[] = [];
  /** Ids of the devices that people signed in on. */
  devices: string[] = [];
  /** The next snapshots are cut after so many lines, in turn. */
  cuts: number[] = [];
  /** The next snapshots lack a line, and end as if it had been there. */
  garbled = 0;

  grant(member: string, ...scopes: string[]): void {
    for (const scope of scopes) this.grants.add(`${member} ${scope}`);
  }

  revoke(member: string, scope: string): void {
    this.grants.delete(`${member} ${scope}`);
  }

  scopesOf(member: string): string[] {
    const mine = [...this.grants].filter((grant) => grant.startsWith(`${member} `));
    return mine.map((grant) => grant.split(" ")[1]!).sort();
  }

  backup(): Database {
    this.db.durable = this.db.head;
    return structuredClone(this.db);
  }

  restore(from: Database, epoch?: string): void {
    this.db = { ...structuredClone(from), epoch: epoch ?? from.epoch };
  }

  private diverged(body: { head: number; chain: string }): boolean {
    if (body.head === 0 && body.chain === "") return false;
    return body.head > this.db.head || this.db.chain[body.head] !== body.chain;
  }

  private number(id: string, hash: string, verdict: string): number {
    const seq = (this.db.head += 1);
    this.db.chain.push(hex(`${this.db.chain[seq - 1]}\n${id}\n${hash}\n${verdict}`));
    return seq;
  }

  private isApplied(id: string): boolean {
    const seq = this.db.ids.get(id);
    return seq !== undefined && this.db.log.get(seq)?.status === "applied";
  }

  private merge(change: SentChange, seq: number): void {
    const known = this.db.records.get(change.record);
    const { kind, scope } = change;
    const fresh = {
      kind,
      scope,
      seq,
      purged: false,
      fields: new Map(),
      missing: new Map(),
    };
    const record: ServerRecord = known ?? fresh;
    this.db.records.set(change.record, record);
    record.seq = seq;
    for (const field of Object.keys(change.set)) {
      const heads = record.fields.get(field) ?? new Map<string, ServerHead>();
      const missing = record.missing.get(field) ?? new Set<string>();
      record.fields.set(field, heads);
      record.missing.set(field, missing);
      for (const parent of change.seen[field]!) {
        if (!this.isApplied(parent) && !heads.has(parent)) missing.add(parent);
        heads.delete(parent);
      }
      if (missing.delete(change.id)) continue;
      heads.set(change.id, this.head(change, field));
    }
  }

  private head(change: SentChange, field: string): ServerHead {
    const { id, by } = change;
    const value = change.set[field];
    const head = {
      id,
      by,
      value,
      depth: change.depth[field]!,
      seen: change.seen[field]!,
    };
    if (field !== "deleted") return head;
    const others = Object.entries(change.seen).filter(([name]) => !(name in change.set));
    return { ...head, covers: Object.fromEntries(others) };
  }

  private push(member: string, body: { head: number; chain: string; changes: SentChange[] }) {
    if (this.diverged(body)) return { status: 409, body: { error: { code: "history_diverged" } } };
    const { changes } = body;
    if (changes.length > this.widest || (changes.length === 1 && this.tooLarge.has(changes[0]!.id)))
      return { status: 413, body: { error: { code: "too_large" } } };
    if (changes.some((change) => this.tooLarge.has(change.id)))
      return { status: 413, body: { error: { code: "too_large" } } };
    if (this.unreadable !== null && JSON.stringify(changes).includes(this.unreadable))
      return { status: 400, body: { error: { code: "request.too_deep" } } };
    if (this.stumbling !== null && JSON.stringify(changes).includes(this.stumbling))
      return { status: 500, body: { error: { code: "bug" } } };
    this.pushes.push(changes);
    const results = changes.map((change) => this.judge(member, change));
    const { epoch, head, chain } = this.db;
    return { status: 200, body: { epoch, head, chain: chain[head], results } };
  }

  private judge(member: string, change: SentChange) {
    const hash = hex(spell(change));
    const result = { id: change.id, sha256: hash };
    const known = this.db.ids.get(change.id);
    const row = known === undefined ? undefined : this.db.log.get(known)!;
    const allowed = this.allows(member, change);
    if (this.refusing.has(change.id))
      return {
        ...result,
        status: "invalid",
        seq: null,
        ...this.refusing.get(change.id),
      };
    if (change.by !== member) return { ...result, status: "invalid", seq: null, reason: "author" };
    if (row && row.hash !== hash)
      return { ...result, status: "invalid", seq: null, reason: "id_reuse" };
    if (this.db.records.get(change.record)?.purged)
      return { ...result, status: "purged", seq: null };
    if (row?.status === "set_aside" && allowed) this.release(change.id);
    if (row)
      return {
        ...result,
        status: row.status,
        seq: row.at,
        reason: null,
        field: null,
      };
    const status = allowed ? "applied" : "set_aside";
    const seq = this.number(change.id, hash, status);
    this.db.log.set(seq, {
      id: change.id,
      hash,
      status,
      at: seq,
      body: change,
    });
    this.db.ids.set(change.id, seq);
    if (allowed) this.merge(change, seq);
    return {
      ...result,
      status,
      seq,
      reason: allowed ? null : "access",
      field: null,
    };
  }

  private allows(member: string, change: SentChange): boolean {
    const record = this.db.records.get(change.record);
    const same = !record || (record.scope === change.scope && record.kind === change.kind);
    return same && this.grants.has(`${member} ${change.scope}`);
  }

  release(id: string): void {
    const row = this.db.log.get(this.db.ids.get(id)!)!;
    if (row.status !== "set_aside" || row.body === null) return;
    const seq = this.number(`release-${id}`, hex(id), "_release");
    row.status = "applied";
    row.at = seq;
    this.merge(row.body, seq);
  }

  purge(record: string): void {
    for (const row of this.db.log.values()) if (row.body?.record === record) row.body = null;
    const known = this.db.records.get(record)!;
    known.seq = this.number(`purge-${record}`, hex(record), "_purge");
    known.purged = true;
    known.fields = new Map();
  }

  private row(id: string, record: ServerRecord) {
    const { kind, scope, seq } = record;
    const address = { kind, id, scope, seq };
    if (record.purged) return { ...address, purged: true };
    const deleted = this.isDeleted(record);
    const fields = [...record.fields].map(([name, heads]) => [
      name,
      [...heads.values()].map((head) =>
        deleted && name !== "deleted" ? { ...head, value: null } : head,
      ),
    ]);
    return {
      ...address,
      schema: 1,
      deleted,
      fields: Object.fromEntries(fields),
    };
  }

  isDeleted(record: ServerRecord): boolean {
    const flags = [...(record.fields.get("deleted")?.values() ?? [])];
    if (flags.length === 0 || flags.some((flag) => flag.value !== true)) return false;
    for (const [name, heads] of record.fields) {
      if (name === "deleted" || name === "position") continue;
      const covered = flags.flatMap((flag) => flag.covers?.[name] ?? []);
      if ([...heads.keys()].some((id) => !covered.includes(id))) return false;
    }
    return true;
  }

  private pull(
    member: string,
    body: {
      head: number;
      chain: string;
      synced: number | null;
      grants: string | null;
      cursors: Record<string, number>;
      limit: number;
    },
    takesSnapshots = false,
  ) {
    if (this.diverged(body)) return { status: 409, body: { error: { code: "history_diverged" } } };
    if (body.synced !== null && body.synced < this.forgotten)
      return { status: 410, body: { error: { code: "sync.too_long_away" } } };
    const scopes = this.scopesOf(member);
    const grants = hex(scopes.join(" "));
    const { epoch, head, durable } = this.db;
    const told = { epoch, head, chain: this.db.chain[head], durable, grants };
    if (body.synced === head && body.grants === grants)
      return {
        status: 200,
        body: { ...told, rows: [], cursors: {}, more: false },
      };
    const rows: unknown[] = [];
    const cursors: Record<string, number> = {};
    const sizeOf = (scope: string) => this.recordsOf(scope).length;
    const isLarge = (scope: string) => !body.cursors[scope] && sizeOf(scope) > this.largest;
    const large = takesSnapshots ? scopes.filter(isLarge) : [];
    let more = large.length > 0;
    for (const scope of scopes) {
      const from = body.cursors[scope] ?? 0;
      cursors[scope] = from;
      if (large.includes(scope)) continue;
      const isTold = (r: ServerRecord) => r.seq > this.forgotten || !this.isDeleted(r);
      const mine = this.recordsOf(scope).filter(([, r]) => r.seq > from && isTold(r));
      for (const [id, record] of mine.sort(([, a], [, b]) => a.seq - b.seq)) {
        if (rows.length >= Math.min(body.limit, this.pageLimit)) {
          more = true;
          break;
        }
        rows.push(this.row(id, record));
        cursors[scope] = record.seq;
      }
    }
    const named = {
      ...(large.length > 0 && { large }),
      ...(this.archived && { archived: scopes.filter((scope) => this.archived!.has(scope)) }),
    };
    return { status: 200, body: { ...told, scopes, rows, cursors, more, ...named } };
  }

  private recordsOf(scope: string): [string, ServerRecord][] {
    return [...this.db.records].filter(([, record]) => record.scope === scope);
  }

  /** All of one scope in order of id, one a line. */
  private snapshot(member: string, scope: string, asked: URLSearchParams): Response {
    const witness = { head: Number(asked.get("head")), chain: asked.get("chain") ?? "" };
    if (this.diverged(witness)) return ours(409, { error: { code: "history_diverged" } });
    if (!this.grants.has(`${member} ${scope}`)) return ours(404, { error: { code: "not_found" } });
    const { epoch } = this.db;
    const head = Number(asked.get("first_head") ?? this.db.head);
    const first = { epoch, head, chain: this.db.chain[head], scope, schema: 1 };
    const after = asked.get("after") ?? "";
    const mine = this.recordsOf(scope).filter(([id]) => id > after);
    const rows = mine.sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, one]) => this.row(id, one));
    const told = rows.map((row) => `${row.id}:${row.seq}\n`).join("");
    const last = { end: true, count: rows.length, digest: hex(told) };
    if (this.garbled-- > 0) rows.splice(3, 1);
    const lines = [first, ...rows, last].map((line) => JSON.stringify(line) + "\n");
    const end = this.cuts.shift();
    const sent = lines.slice(0, end ?? lines.length).join("");
    return new Response(end === undefined ? sent : cutStream(sent + '{"half of a li'), {
      headers: { "Sync-Server": "1" },
    });
  }

  me(member: string) {
    const network = {
      id: this.network,
      name: "Sample",
      time_zone: "UTC",
      settings: {},
    };
    const empty = { position: null, school_id: null, district_id: null };
    return {
      person: {
        id: `person-${member}`,
        name: member,
        email: `${member}@sample.test`,
      },
      memberships: [{ member_id: member, network, roles: ["member"], ...empty }],
      server_time: "2026-11-22T09:00:00Z",
      vapid_public_key: null,
    };
  }

  /** One request, as HTTP sees it. */
  private answer(path: string, method: string, body: string | null, takesSnapshots = false) {
    const over = { status: 401, body: { error: { code: "session.over" } } };
    const sent = JSON.parse(body ?? "null") as Parameters<FakeServer["push"]>[1] &
      Parameters<FakeServer["pull"]>[1] & {
        network: string;
        email: string;
        device: { id: string };
        password: string;
      };
    if (path === "/api/v1/session" && method === "POST") {
      if (sent.password !== "right") return { status: 403, body: { error: { code: "wrong" } } };
      this.session = sent.email.split("@")[0]!;
      this.devices.push(sent.device.id);
      return { status: 200, body: this.me(this.session) };
    }
    if (this.session === null) return over;
    if (path === "/api/v1/session") {
      this.session = null;
      return { status: 200, body: {} };
    }
    if (path === "/api/v1/me") return { status: 200, body: this.me(this.session) };
    if (sent.network !== this.network)
      return { status: 404, body: { error: { code: "network.unknown" } } };
    if (path === "/api/v1/devices/heartbeat") {
      this.beats.push(sent as unknown as Record<string, unknown>);
      return { status: 204, body: null };
    }
    if (method === "POST" && path === "/api/v1/push") return this.push(this.session, sent);
    if (method === "POST" && path === "/api/v1/pull")
      return this.pull(this.session, sent, takesSnapshots);
    return { status: 404, body: { error: { code: "unknown" } } };
  }

  /** To stand in for `fetch`: the next fault of the list, else none. */
  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    await Promise.resolve();
    this.tried += 1;
    if (this.unreachable) throw new TypeError("Failed to fetch");
    if (this.hanging) return givenUp(init.signal);
    const path = String(input);
    const fault = this.faults.shift() ?? "none";
    this.asked.push(path);
    const body = (init.body ?? null) as string | null;
    if (fault === "lost_request" || fault === "redirect") throw new TypeError("Failed to fetch");
    if (fault === "portal") {
      return new Response("<h1>Welcome to the school's Wi-Fi</h1>", {
        status: 200,
      });
    }
    if (fault === "proxy") return new Response('{"error": "sign in"}', { status: 401 });
    if (fault === "busy") return ours(503, { error: { code: "busy" } }, { "Retry-After": "7" });
    const takesSnapshots = new Headers(init.headers).get("Sync-Snapshots") === "1";
    if (path.startsWith("/api/v1/snapshot/") && this.session !== null) {
      const { pathname, searchParams } = new URL(path, "http://localhost");
      return this.snapshot(this.session, pathname.slice("/api/v1/snapshot/".length), searchParams);
    }
    if (fault === "twice") this.answer(path, init.method ?? "GET", body);
    const method = init.method ?? "GET";
    const reply = this.answer(path, method, reversed(fault, body), takesSnapshots);
    if (fault === "lost_reply") throw new TypeError("Failed to fetch");
    return ours(reply.status, reply.body);
  };
}

/** Some text, and then the link is gone. */
function cutStream(text: string): ReadableStream<Uint8Array> {
  const pieces = [new TextEncoder().encode(text)];
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.error(new TypeError("network error"));
    },
  });
}

function givenUp(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("gave up", "AbortError")));
  });
}

function reversed(fault: Fault, body: string | null): string | null {
  if (fault !== "reversed" || body === null) return body;
  const sent = JSON.parse(body) as { changes?: unknown[] };
  sent.changes?.reverse();
  return JSON.stringify(sent);
}

function ours(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const json = { "Content-Type": "application/json", "Sync-Server": "1" };
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { ...json, ...headers },
  });
}
