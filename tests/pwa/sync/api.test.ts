/** Asking our own server over a link that may stall for ever. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask } from "../../../pwa/src/sync/api";

const OURS = { headers: { "Sync-Server": "1", "Content-Type": "application/json" } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a browser does with a request whose link is silent: nothing, until it is given up. */
function untilGivenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener("abort", () => reject(new DOMException("given up", "AbortError"))),
  );
}

/** The head of an answer and some of its body; the rest never comes. */
function halfAnAnswer(signal: AbortSignal): Response {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"head": '));
      untilGivenUp(signal).catch((error: unknown) => stream.error(error));
    },
  });
  return new Response(body, OURS);
}

const LINKS: [string, (signal: AbortSignal) => Promise<Response>][] = [
  ["never answers", untilGivenUp],
  ["stops in the middle of its answer", (signal) => Promise.resolve(halfAnAnswer(signal))],
];

test.each(LINKS)("a link that %s is given up after a minute", async (_, link) => {
  globalThis.fetch = ((_path, { signal }: RequestInit) => link(signal!)) as typeof fetch;
  let answer: unknown = "waits";
  void ask("POST", "/push", {}).then((told) => (answer = told));

  await vi.advanceTimersByTimeAsync(59_000);
  expect(answer).toBe("waits");

  await vi.advanceTimersByTimeAsync(1_000);
  expect(answer).toBeNull();
});
