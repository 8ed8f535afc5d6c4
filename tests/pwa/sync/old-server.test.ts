/**
 * The client of today with the first server that people could use, and on the disk that the
 * first app left. Both were recorded (tests/vectors/foundation.json), none of it is made here.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readChanges } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { canonical } from "../../../pwa/src/domain/canonical";
import type { FakeServer, SentChange } from "../fake-server";
import { Tablet } from "../tablet";

type Json = Record<string, unknown>;

interface Asked {
  by: string;
  path: string;
  body: { changes?: SentChange[]; [name: string]: unknown };
  reply: Json & { rows?: Json[]; results?: Json[]; head: number; chain: string };
}

interface StoredIn {
  name: string;
  keyPath: string | string[];
  autoIncrement: boolean;
  indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  rows: Json[];
}

interface Recorded {
  network: string;
  robin: string;
  round: string;
  events: Asked[];
  stores: { name: string; version: number; stores: StoredIn[] }[];
}

const path = join(import.meta.dirname, "..", "..", "vectors", "foundation.json");
const recorded = JSON.parse(readFileSync(path, "utf8")) as Recorded;
const told = (what: string) =>
  recorded.events.filter((each) => each.by === "robin" && each.path.endsWith(what));
const pulls = told("/pull").map((each) => each.reply);
const own = `own:${recorded.robin}`;
const scope = `round:${recorded.round}`;

/** Answers as the first server did; what it did not know, it did not find. */
class OldServer {
  readonly network = recorded.network;
  asked: { path: string; body: Json }[] = [];
  next = 0;
  head = 0;
  chain = "";

  readonly fetch = async (path: string, init: RequestInit) => {
    const body = JSON.parse((init.body as string | null) ?? "null") as Json;
    this.asked.push({ path, body });
    if (path === "/api/v1/pull") return this.say(200, this.pull());
    if (path === "/api/v1/push") return this.say(200, this.push(body["changes"] as SentChange[]));
    return this.say(404, { error: { code: "not_found", message: "" } });
  };

  private say(status: number, body: unknown): Response {
    return new Response(JSON.stringify(body), { status, headers: { "Sync-Server": "1" } });
  }

  private pull(): Json {
    const reply = pulls[Math.min(this.next++, pulls.length - 1)]!;
    this.head = Math.max(this.head, reply.head);
    this.chain = reply.chain;
    return reply;
  }

  /** With the names, and no others, that a result had then. */
  private push(changes: SentChange[]): Json {
    const [{ reply }] = told("/push") as [Asked];
    const results = changes.map((change) => {
      const sha256 = createHash("sha256").update(canonical(change)).digest("hex");
      this.head += 1;
      return { ...reply.results![0], id: change.id, sha256, status: "applied", seq: this.head };
    });
    return { ...reply, head: this.head, chain: `chain ${this.head}`, results };
  }
}

let server: OldServer;

beforeEach(() => {
  server = new OldServer();
});

const open = (name: string) => Tablet.open(server as unknown as FakeServer, recorded.robin, name);

test("today's app reads what the first server told it, page by page, and shows it", async () => {
  const robin = await open("fresh");

  while (server.next < pulls.length) expect(await robin.pull()).toEqual({ how: "done" });

  const last = new Map(pulls.flatMap((page) => page.rows ?? []).map((row) => [row["id"], row]));
  const cards = [...last.values()].filter((row) => row["kind"] === "card");
  expect(robin.record("round", recorded.round)?.fields.title).toBe("Sample School");
  expect(cards).toHaveLength(1);
  const versions = robin.record("card", cards[0]!["id"] as string)?.versions["text"];
  expect(versions?.map((each) => each.value).sort()).toEqual(["T: “Why not?”", "T: “Why so?”"]);
  const notes = robin.book.memory.list("note").value.flatMap((note) => robin.texts(note.id));
  expect(notes).toEqual(["T: what do you notice about these?"]);
  const reading = await robin.cache.readings.get(recorded.network);
  expect(reading?.cursors).toEqual(pulls.at(-1)!["cursors"]);
  expect(reading?.packed).toEqual([]);
});

test("today's app writes to the first server, and believes its answers", async () => {
  const robin = await open("writing");
  await robin.pull();
  const note = newId();
  await robin.save("note", note, own, { text: "written today" });
  await robin.save("round", recorded.round, scope, { title: "Named anew" });

  expect(await robin.push()).toEqual({ how: "done" });

  expect(robin.record("note", note)?.status).toBe("on_server");
  const { waiting, acknowledged } = await readChanges(robin.outbox, recorded.network);
  expect([waiting.length, acknowledged.length]).toEqual([0, 2]);
  const sent = server.asked.at(-1)!.body;
  const before = told("/push")[0]!.body;
  expect(Object.keys(sent).sort()).toEqual(Object.keys(before).sort());
  const [change] = sent["changes"] as SentChange[];
  expect(Object.keys(change!).sort()).toEqual(Object.keys(before.changes![0]!).sort());
});

function made<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error!);
  });
}

/** The disk as the first app left it, store by store. */
async function putOnDisk(): Promise<void> {
  for (const { name, version, stores } of recorded.stores) {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath, autoIncrement, indexes } of stores) {
        const store = opening.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const each of indexes) store.createIndex(each.name, each.keyPath, each);
      }
    };
    const db = await made(opening);
    const tx = db.transaction([...db.objectStoreNames], "readwrite");
    for (const { name, rows } of stores) for (const row of rows) tx.objectStore(name).put(row);
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  }
}

const rowsOf = (database: string, store: string) =>
  recorded.stores
    .find((each) => each.name.startsWith(database))!
    .stores.find((each) => each.name === store)!.rows;

test("what the first app left on the disk is opened with nothing lost, and goes on", async () => {
  await putOnDisk();

  const robin = await open("robin");

  const { waiting, acknowledged } = await readChanges(robin.outbox, recorded.network);
  expect(waiting).toEqual(rowsOf("rounds-outbox", "waiting"));
  expect(acknowledged).toEqual(rowsOf("rounds-outbox", "acknowledged"));
  expect(await robin.cache.records.toArray()).toEqual(rowsOf("rounds-cache", "records"));
  expect(robin.record("round", recorded.round)?.fields.title).toBe("Sample School");
  const notes = robin.book.memory.list("note").value.flatMap((note) => robin.texts(note.id));
  expect(notes.sort()).toEqual(["T: what do you notice about these?", "only on this tablet"]);
  expect(robin.book.waiting.value.notes).toBe(1);
  expect(robin.book.setAside.value.map((each) => each.values)).toEqual([
    { title: "Not mine to say" },
  ]);

  server.head = 16;
  await robin.push();

  const [witness] = rowsOf("rounds-outbox", "witness");
  const sent = server.asked[0]!.body;
  expect([sent["head"], sent["chain"]]).toEqual([witness!["head"], witness!["chain"]]);
  const texts = (sent["changes"] as SentChange[]).map((change) => change.set["text"]);
  expect(texts).toEqual(["only on this tablet"]);
  expect(robin.book.waiting.value.count).toBe(0);
});

test("the stores of today are those of a recording: another shape needs one of its own", async () => {
  await (await open("robin")).save("note", newId(), own, { text: "x" });

  const names = (await indexedDB.databases()).map(({ name, version }) => ({ name, version }));
  const kept = names.filter(({ name }) => name!.startsWith("rounds-"));
  const shapes = [];
  for (const { name, version } of kept) {
    const db = await made(indexedDB.open(name!));
    const stores = [...db.objectStoreNames].map((each) => {
      const { keyPath, autoIncrement, indexNames, ...store } = db
        .transaction(each)
        .objectStore(each);
      return { ...store, name: each, keyPath, autoIncrement, indexes: [...indexNames].sort() };
    });
    shapes.push({ name, version, stores });
    db.close();
  }

  const before = recorded.stores.map(({ name, version, stores }) => ({
    ...{ name, version },
    stores: stores.map(({ name, keyPath, autoIncrement, indexes }) => ({
      ...{ name, keyPath, autoIncrement, indexes: indexes.map((each) => each.name).sort() },
    })),
  }));
  expect(shapes).toMatchObject(before);
  expect(shapes).toHaveLength(before.length);
});
