/**
 * Which language a line is written in. A visitor in a dual-language classroom writes both,
 * whatever the app speaks, so the words of the line decide and the app's language breaks ties.
 */

export type Language = "en" | "es";

const FREQUENT: Readonly<Record<Language, RegExp>> = {
  en: /(?<!\p{L})(?:the|and|of|to|is|are|was|were|with|their|they|what|how|asks|says|students|teacher|you|it|this|that|not|should|her|his|on|at|from|an)(?!\p{L})/giu,
  es: /(?<!\p{L})(?:el|la|los|las|de|del|que|un|una|unos|unas|es|son|fue|con|por|para|su|sus|cómo|qué|se|al|les|muy|más|pero|dice|pregunta|estudiantes|alumnos|maestra|maestro|docente|grupo)(?!\p{L})|[¿¡ñ]/giu,
};

/** The language of a line; `fallback` where its words do not tell. */
export function languageOf(text: string, fallback: Language): Language {
  const sample = text.slice(0, 400);
  const english = sample.match(FREQUENT.en)?.length ?? 0;
  const spanish = sample.match(FREQUENT.es)?.length ?? 0;
  if (english === spanish) return fallback;
  return english > spanish ? "en" : "es";
}
