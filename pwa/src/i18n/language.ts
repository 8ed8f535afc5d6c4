/**
 * The chosen language and its catalogue: kept on this device, English at hand, every other
 * language a file of its own.
 *
 * Must not know what a message says: see messages.ts.
 */
import { computed, signal } from "@preact/signals";
import { english } from "./english";

export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
export type Catalogue = Readonly<Record<string, Message>>;

const STORED = "rounds.language";
const LOADERS: Record<Language, () => Promise<Catalogue>> = {
  en: async () => ({ ...english, ...(await import("./english-more")).englishMore }),
  es: async () => (await import("./spanish")).spanish,
};

/** English as far as it is loaded: what a language lacks is read here. */
export const fallback = signal<Catalogue>(english);
export const catalogue = signal<Catalogue>(english);
export const language = signal<Language>("en");

/** The person's own locale where the browser's agrees with the language chosen (en-GB, es-MX). */
export const locale = computed(() => {
  const own = navigator.languages.find((tag) => asLanguage(tag) === language.value && isKnown(tag));
  return own ?? `${language.value}-US`;
});

/** Some systems name one that `Intl` throws at: en-US@posix. */
function isKnown(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function asLanguage(tag: string | null | undefined): Language | undefined {
  return LANGUAGES.find((known) => known === tag?.split("-")[0]);
}

/** All messages of a language, loaded when they are first wanted. */
export function catalogueOf(wanted: Language): Promise<Catalogue> {
  return LOADERS[wanted]();
}

/** Have the words of every screen at hand, not only those of a classroom. */
export async function loadAllWords(): Promise<void> {
  fallback.value = await LOADERS.en();
  if (language.value === "en") catalogue.value = fallback.value;
}

/** Show the app in another language. On a failed load the language stays as it was. */
export async function setLanguage(wanted: Language, { keep = true } = {}): Promise<void> {
  catalogue.value = wanted === "en" ? fallback.value : await catalogueOf(wanted);
  language.value = wanted;
  document.documentElement.lang = wanted;
  if (keep) localStorage.setItem(STORED, wanted);
}

/** The language chosen on this device, else the browser's first that we speak, else English. */
export async function startLanguage(): Promise<void> {
  const chosen = asLanguage(localStorage.getItem(STORED));
  const wanted = chosen ?? navigator.languages.map(asLanguage).find((known) => known);
  await setLanguage(wanted ?? "en", { keep: false }).catch(() =>
    setLanguage("en", { keep: false }),
  );
}
