/**
 * Asking our own server, and telling its answers from those of portals and proxies.
 *
 * An answer counts only with our header and a JSON body. Everything else, a redirect
 * included, is as if nobody had answered: keep what there is and ask again later.
 */
import { SCHEMA } from "../generated/records";

export const API = "/api/v1";
const PATIENCE_MS = 60_000;

/** One JSON error shape for every path. */
export interface ApiError {
  code: string;
  message: string;
  field?: string;
}

export interface Answer {
  status: number;
  body: unknown;
  retryAfterMs: number | null;
  /** The server's clock, in milliseconds; null where it does not say. */
  at: number | null;
}

let deviceId = "";

/** The tablet's own id, sent as `Sync-Device`. */
export function introduceDevice(id: string): void {
  deviceId = id;
}

export function headers(hasBody: boolean): Record<string, string> {
  return {
    Accept: "application/json",
    "Sync-Schema": String(SCHEMA),
    ...(deviceId === "" ? {} : { "Sync-Device": deviceId }),
    ...(hasBody ? { "Content-Type": "application/json" } : {}),
  };
}

export function retryAfterMs(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

export function clockOf(response: Response): number | null {
  const at = Date.parse(response.headers.get("Date") ?? "");
  return Number.isNaN(at) ? null : at;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  return response.json();
}

/** Aborts when the time is up, or when whoever asked no longer wants to know. */
function patience(until: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, PATIENCE_MS);
  until?.addEventListener("abort", abort);
  const end = () => {
    clearTimeout(timer);
    until?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, end };
}

/**
 * Ask, and answer null unless it was our server that spoke. Never throws. Nothing is sent
 * once `until` has aborted: the person who asked may be signed out. `more`: headers.
 */
export async function ask(
  method: string,
  path: string,
  body?: unknown,
  until?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer | null> {
  if (until?.aborted) return null;
  const { signal, end } = patience(until);
  try {
    const response = await fetch(API + path, {
      method,
      headers: { ...headers(body !== undefined), ...more },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
    });
    if (response.headers.get("Sync-Server") !== "1") return null;
    const answer = await bodyOf(response);
    const { status } = response;
    return { status, body: answer, retryAfterMs: retryAfterMs(response), at: clockOf(response) };
  } catch {
    return null;
  } finally {
    end();
  }
}

/** What a screen shows when asking failed: the code is the key of its message. */
export class AskingFailed extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly field: string | null = null,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = "AskingFailed";
  }
}

function failure(answer: Answer): AskingFailed {
  const { error } = (answer.body ?? {}) as { error?: ApiError & Record<string, unknown> };
  return new AskingFailed(
    error?.code ?? "server.failed",
    answer.status,
    error?.field ?? null,
    error ?? {},
  );
}

/** For screens: the body of a good answer, or an AskingFailed named for what is wrong. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(method, path, body);
  if (answer === null) throw new AskingFailed("app.offline", 0);
  if (answer.status >= 400) throw failure(answer);
  return answer.body as T;
}
