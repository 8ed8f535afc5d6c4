/**
 * English, as much as a classroom needs: in the bundle, so that the app draws at once.
 */
import app from "../../../schemas/messages/en/app.json";
import errors from "../../../schemas/messages/en/errors.json";
import evidence from "../../../schemas/messages/en/evidence.json";
import sync from "../../../schemas/messages/en/sync.json";
import today from "../../../schemas/messages/en/today.json";
import vocabulary from "../../../schemas/messages/en/vocabulary.json";
import type { englishMore } from "./english-more";

export const english = {
  ...app,
  ...errors,
  ...evidence,
  ...sync,
  ...today,
  ...vocabulary,
};

/** Every key of the catalogue; a misspelt one does not compile. */
export type Key = keyof typeof english | keyof typeof englishMore;
