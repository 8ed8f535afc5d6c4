/**
 * A screen follows a debrief: it asks for digits, waits until they were typed, and then asks
 * again every second what is new. With the link gone it keeps what it had.
 */
import { useEffect, useState } from "preact/hooks";
import type { components } from "../../generated/api-types";
import { ask } from "../../sync/api";
import type { RoomView } from "./room-view";

type Page = components["schemas"]["ScreenPage"];
type Code = components["schemas"]["ScreenCode"];

const LOOK_MS = 1_000;
const TRY_AGAIN_MS = 5_000;

export interface Following {
  at: "asking" | "waiting" | "following" | "ended" | "refused";
  code: string | null;
  /** Null before the debrief begins. */
  room: RoomView | null;
  /** Since when the server does not answer. */
  lostSince: Date | null;
}

const NOTHING: Following = { at: "asking", code: null, room: null, lostSince: null };

/** How far the server's clock is ahead of this one, in milliseconds. */
let ahead = 0;

export function roomNow(): number {
  return Date.now() + ahead;
}

class Follower {
  private seen = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: Following = NOTHING;
  private gone = false;

  constructor(private readonly tell: (state: Following) => void) {
    void this.look();
  }

  stop(): void {
    this.gone = true;
    clearTimeout(this.timer);
  }

  /** New digits, whatever this screen showed. */
  begin = async (): Promise<void> => {
    clearTimeout(this.timer);
    this.seen = "";
    const answer = await ask("POST", "/screens", {});
    if (answer === null || answer.status >= 500) return this.lost(this.begin);
    if (answer.status >= 400) return this.put({ ...NOTHING, at: "refused" });
    this.put({ ...NOTHING, at: "waiting", code: (answer.body as Code).code });
    return this.soon(this.look);
  };

  private look = async (): Promise<void> => {
    const answer = await ask("GET", `/screen?seen=${encodeURIComponent(this.seen)}`);
    if (answer === null || answer.status >= 400) return this.lost(this.look);
    const page = answer.status === 200 ? (answer.body as Page) : null;
    if (page?.mark === "unknown") return this.unknown();
    if (page) this.take(page);
    else this.put({ ...this.state, lostSince: null });
    return this.soon(this.look);
  };

  /** The server knows no such screen: a debrief was taken off it, or it has no digits yet. */
  private unknown(): Promise<void> | void {
    if (this.state.at === "following") return this.put({ ...NOTHING, at: "ended" });
    return this.begin();
  }

  private take({ now, mark, room }: Page): void {
    ahead = Date.parse(now) - Date.now();
    if (mark === "waiting" && this.state.code === null) return void this.begin();
    this.seen = mark;
    if (mark !== "waiting") this.put({ ...NOTHING, at: "following", room });
  }

  private lost(again: () => Promise<void>): void {
    this.put({ ...this.state, lostSince: this.state.lostSince ?? new Date() });
    this.soon(again, TRY_AGAIN_MS);
  }

  private soon(again: () => Promise<void>, after = LOOK_MS): void {
    clearTimeout(this.timer);
    if (!this.gone) this.timer = setTimeout(() => void again(), after);
  }

  private put(state: Following): void {
    this.state = state;
    if (!this.gone) this.tell(state);
  }
}

export function useFollowing(): [Following, () => void] {
  const [state, tell] = useState(NOTHING);
  const [follower, setFollower] = useState<Follower>();
  useEffect(() => {
    const made = new Follower(tell);
    setFollower(made);
    return () => made.stop();
  }, []);
  return [state, () => void follower?.begin()];
}
