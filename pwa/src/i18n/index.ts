/** Words on the screen. Knows nothing of records, of the server, or of who is signed in. */
export type { Key } from "./english";
export {
  catalogueOf,
  LANGUAGES,
  language,
  loadAllWords,
  locale,
  setLanguage,
  startLanguage,
  type Catalogue,
  type Language,
} from "./language";
export * from "./messages";
export * from "./dates";
