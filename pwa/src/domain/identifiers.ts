/**
 * Ids made on the device. No counter and no clock has a part in them.
 */
import { hexOf } from "./hex";
import { sha256 } from "./sha256";

function hyphenated(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A random UUIDv4 in lower case; also where `crypto.randomUUID` is absent (plain http). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return hyphenated(hexOf(bytes));
}

/**
 * The id of a record that two devices may make at once and that must be one: the same pair
 * gives the same id everywhere. Looks like a UUIDv4.
 */
export function derivedId(a: string, b: string): string {
  const hex = sha256(`${a}/${b}`).slice(0, 32);
  const variant = ((parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return hyphenated(`${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`);
}
