/**
 * The English catalogue, in the bundle: every other language falls back to it, and its
 * keys are the keys that code may use.
 */
import accounts from "../../../schemas/messages/en/accounts.json";
import app from "../../../schemas/messages/en/app.json";
import debriefs from "../../../schemas/messages/en/debriefs.json";
import errors from "../../../schemas/messages/en/errors.json";
import evidence from "../../../schemas/messages/en/evidence.json";
import exported from "../../../schemas/messages/en/exports.json";
import improvement from "../../../schemas/messages/en/improvement.json";
import networks from "../../../schemas/messages/en/networks.json";
import notices from "../../../schemas/messages/en/notices.json";
import patterns from "../../../schemas/messages/en/patterns.json";
import rounds from "../../../schemas/messages/en/rounds.json";
import sync from "../../../schemas/messages/en/sync.json";
import vocabulary from "../../../schemas/messages/en/vocabulary.json";

export const english = {
  ...accounts,
  ...app,
  ...debriefs,
  ...errors,
  ...evidence,
  ...exported,
  ...improvement,
  ...networks,
  ...notices,
  ...patterns,
  ...rounds,
  ...sync,
  ...vocabulary,
};

/** Every key of the catalogue; a misspelt one does not compile. */
export type Key = keyof typeof english;
