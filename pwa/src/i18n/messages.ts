/**
 * Messages in the chosen language, and numbers and lists as the locale writes them.
 *
 * Reading a message inside a component subscribes it to the language.
 */
import type { Key } from "./english";
import { catalogue, fallback, locale, type Catalogue, type Message } from "./language";

export type Params = Readonly<Record<string, string | number>>;

function pluralOf(message: Message, speech: string, params: Params | undefined): string {
  if (typeof message === "string") return message;
  const rule = new Intl.PluralRules(speech).select(Number(params?.["count"] ?? 0));
  return message[rule] ?? message.other ?? "";
}

/** A message of any catalogue: for paper in another language than the screen's. */
export function say(words: Catalogue, speech: string, key: Key, params?: Params): string {
  const message = words[key] ?? fallback.value[key] ?? key;
  return pluralOf(message, speech, params).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params?.[name];
    return typeof value === "number"
      ? new Intl.NumberFormat(speech).format(value)
      : (value ?? whole);
  });
}

/**
 * The message in the chosen language. `{name}` stands for a parameter; a plural message
 * goes by the parameter `count`. Numbers are written as the locale writes them.
 */
export function t(key: Key, params?: Params): string {
  return say(catalogue.value, locale.value, key, params);
}

/** Whether a code that came from elsewhere (an error, a word of a newer server) has a message. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(fallback.value, key);
}

/** Every message whose key begins so, by the rest of its key: lists that the catalogue closes. */
export function keysUnder(prefix: string): Key[] {
  return Object.keys(fallback.value).filter((key): key is Key => key.startsWith(prefix));
}

/** What went wrong, in words. An unknown code reads as the general message. */
export function errorText(code: string, params?: Params): string {
  const key = `error.${code}`;
  return isKey(key) ? t(key, params) : t("app.something_went_wrong");
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}

/** "Ana, Ben and Cora", as the language joins a list. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale.value, { type: "conjunction" }).format(items);
}

/** Compare as the person's language sorts, digits as numbers. */
export function compareText(a: string, b: string): number {
  return a.localeCompare(b, locale.value, { numeric: true, sensitivity: "base" });
}
