/**
 * Canonical JSON and the hashes made of it (docs/sync-protocol.md, 3).
 *
 * The same bytes in both languages: keys sorted, no spaces, arrays as they are, text never
 * normalised. Knows nothing of what the objects mean.
 */
import { sha256 } from "./sha256";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The one way to write a value. Keys are ASCII, so UTF-16 order is also code point order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}

/** What an acknowledgement echoes: the hash of a change as it was sent. */
export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}

export type ChainVerdict = "applied" | "set_aside" | "_release" | "_purge";

/** The next link of a network's chain; `previous` of the first is the empty string. */
export function chainLink(
  previous: string,
  id: string,
  hash: string,
  verdict: ChainVerdict,
): string {
  return sha256(`${previous}\n${id}\n${hash}\n${verdict}`);
}
