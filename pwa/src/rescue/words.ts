/** The words of the rescue page, in both languages, carried by the page itself. */
import english from "../../../schemas/messages/en/rescue.json";
import spanish from "../../../schemas/messages/es/rescue.json";

export type Key = keyof typeof english;
type Message = string | Readonly<Record<string, string>>;

const LANGUAGES = { en: english, es: spanish } as const;

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function chosenLanguage(): keyof typeof LANGUAGES {
  const wanted = [stored("rounds.language"), ...navigator.languages];
  const known = wanted.map((tag) => tag?.split("-")[0]);
  return known.find((tag): tag is keyof typeof LANGUAGES => !!tag && tag in LANGUAGES) ?? "en";
}

export const language = chosenLanguage();

export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const message: Message = LANGUAGES[language][key];
  const rule = new Intl.PluralRules(language).select(Number(values["count"] ?? 0));
  const text = typeof message === "string" ? message : (message[rule] ?? message["other"] ?? "");
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isKey(key: string): key is Key {
  return key in english;
}

export function formatMoment(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return "";
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(language, style).format(at);
}

/** Look as the person's own choice on this tablet has it. */
export function dress(): void {
  const root = document.documentElement;
  root.lang = language;
  root.dataset["theme"] = stored("rounds.theme") ?? "auto";
  root.dataset["type"] = stored("rounds.type") ?? "usual";
}
