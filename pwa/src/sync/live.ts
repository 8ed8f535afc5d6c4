/**
 * Hears from the server that something new is there (docs/sync-protocol.md, 4).
 *
 * A hint says "pull now" and carries no data. One tab listens, and only while it is looked
 * at; the others are told when records have come. Where there are no hints, polls go on.
 */
import { API } from "./api";
import { backOff } from "./engine";

const lockOf = (personId: string) => `rounds-live-${personId}`;

export interface Ear {
  person: string;
  network: string;
  /** The head that this device has read; what came after it is told at once. */
  readHead: () => Promise<number | null>;
  /** Hears a head that may be new. */
  hinted: (head: number) => void;
  /** Hears who is where right now, as it was told; nothing when nobody tells any more. */
  places: (told: string) => void;
  random: () => number;
}

/** Listen whenever this tab is visible, until told to stop. */
export function listen(ear: Ear): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  let away = new AbortController();
  const look = () => {
    if (document.visibilityState !== "visible") away.abort();
    else if (away.signal.aborted) listenUntil(ear, (away = new AbortController()).signal);
  };
  document.addEventListener("visibilitychange", look);
  away.abort();
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    away.abort();
  };
}

/** Wait until no other tab listens; then keep a stream open until `away`. */
function listenUntil(ear: Ear, away: AbortSignal): void {
  const locks = globalThis.navigator?.locks;
  const listening = () => new Promise<void>((left) => keepOpen(ear, away, left));
  if (!locks) void listening();
  else locks.request(lockOf(ear.person), { signal: away }, listening).catch(() => undefined);
}

function keepOpen(ear: Ear, away: AbortSignal, left: () => void): void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = async () => {
    const head = await ear.readHead().catch(() => null);
    if (away.aborted) return;
    const asked = new URLSearchParams({ network: ear.network });
    if (head !== null) asked.set("head", String(head));
    source = new EventSource(`${API}/live?${asked.toString()}`);
    source.onopen = () => (failures = 0);
    source.onmessage = ({ data }) => hear(ear, String(data));
    source.addEventListener("here", ({ data }) => ear.places(String(data)));
    source.onerror = () => {
      ear.places("");
      // The browser itself comes again after a cut; what the server refused it gives up.
      if (source?.readyState !== EventSource.CLOSED || away.aborted) return;
      timer = setTimeout(() => void open(), backOff(++failures, ear.random));
    };
  };

  away.addEventListener("abort", () => {
    clearTimeout(timer);
    source?.close();
    ear.places("");
    left();
  });
  void open();
}

function hear(ear: Ear, data: string): void {
  const hint = parsed(data) as { network?: unknown; head?: unknown } | null;
  if (hint?.network === ear.network && typeof hint.head === "number") ear.hinted(hint.head);
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
