/**
 * Words in a language of choice, beside the screen's own: for paper, and for the norms that
 * a network begins with.
 */
import { useEffect, useState } from "preact/hooks";
import { catalogueOf, say, type Catalogue, type Key, type Language } from "../../i18n";

export interface Words {
  language: Language;
  t: (key: Key, params?: Readonly<Record<string, string | number>>) => string;
  date: (date: string) => string;
  time: (time: string) => string;
  /** "9:05 – 9:25 AM" */
  times: (begins: string, minutes: number) => string;
  list: (items: readonly string[]) => string;
}

const LOCALES: Record<Language, string> = { en: "en-US", es: "es-US" };

const onDay = (time: string) => new Date(`2000-01-01T${time}:00Z`);

export function wordsOf(language: Language, catalogue: Catalogue): Words {
  const locale = LOCALES[language];
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
  const calendar = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  return {
    language,
    t: (key, params) => say(catalogue, locale, key, params),
    date: (date) => calendar.format(new Date(`${date}T00:00:00Z`)),
    time: (time) => clock.format(onDay(time)),
    times: (begins, minutes) =>
      clock.formatRange(onDay(begins), new Date(onDay(begins).getTime() + minutes * 60_000)),
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
  };
}

/** Undefined until the language is loaded. */
export function useWords(language: Language): Words | undefined {
  const [words, setWords] = useState<Words>();
  useEffect(() => {
    let wanted = true;
    void catalogueOf(language).then((catalogue) => {
      if (wanted) setWords(wordsOf(language, catalogue));
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return words?.language === language ? words : undefined;
}
