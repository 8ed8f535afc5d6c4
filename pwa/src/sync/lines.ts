/**
 * An answer that comes line by line, as long as the server has something to say.
 *
 * A line counts when it is whole and JSON. Where the stream ends is for whoever reads it to
 * judge: a cut looks like an end. Never throws; stops waiting when nothing comes for long.
 */
import { API, headers, retryAfterMs } from "./api";

const SILENCE_MS = 30_000;

export interface Lines {
  status: number;
  retryAfterMs: number | null;
  /** To be read once, to its end, or left by `break`. */
  lines: AsyncGenerator<unknown, void>;
}

/** Aborts when nothing came for long, or when whoever asked no longer wants to know. */
class Patience {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly abort = () => this.controller.abort();

  constructor(private readonly until: AbortSignal | undefined) {
    until?.addEventListener("abort", this.abort);
    this.renew();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  renew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.abort, SILENCE_MS);
  }

  end(): void {
    clearTimeout(this.timer);
    this.until?.removeEventListener("abort", this.abort);
  }
}

/** Ask for lines; null unless it was our server that spoke. */
export async function askLines(path: string, until?: AbortSignal): Promise<Lines | null> {
  if (until?.aborted) return null;
  const patience = new Patience(until);
  try {
    const response = await fetch(API + path, {
      headers: headers(false),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: patience.signal,
    });
    if (response.headers.get("Sync-Server") !== "1" || !response.body) throw new Error("not ours");
    const lines = linesOf(response.body, patience);
    return { status: response.status, retryAfterMs: retryAfterMs(response), lines };
  } catch {
    patience.end();
    return null;
  }
}

async function* linesOf(
  body: ReadableStream<Uint8Array>,
  patience: Patience,
): AsyncGenerator<unknown, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      patience.renew();
      const whole = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = whole.pop() ?? "";
      for (const line of whole) yield JSON.parse(line);
    }
  } catch {
    // Cut, or no JSON: what came before counts, and there is no last line.
  } finally {
    patience.end();
    await reader.cancel().catch(() => undefined);
  }
}
