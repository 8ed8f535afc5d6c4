/**
 * The Spanish catalogue: a file of its own, loaded when it is chosen and kept offline.
 */
import accounts from "../../../schemas/messages/es/accounts.json";
import agreement from "../../../schemas/messages/es/agreement.json";
import app from "../../../schemas/messages/es/app.json";
import debriefs from "../../../schemas/messages/es/debriefs.json";
import errors from "../../../schemas/messages/es/errors.json";
import evidence from "../../../schemas/messages/es/evidence.json";
import exported from "../../../schemas/messages/es/exports.json";
import handing from "../../../schemas/messages/es/handing.json";
import held from "../../../schemas/messages/es/held.json";
import imports from "../../../schemas/messages/es/imports.json";
import improvement from "../../../schemas/messages/es/improvement.json";
import measures from "../../../schemas/messages/es/measures.json";
import networks from "../../../schemas/messages/es/networks.json";
import notices from "../../../schemas/messages/es/notices.json";
import patterns from "../../../schemas/messages/es/patterns.json";
import presenting from "../../../schemas/messages/es/presenting.json";
import retention from "../../../schemas/messages/es/retention.json";
import review from "../../../schemas/messages/es/review.json";
import rounds from "../../../schemas/messages/es/rounds.json";
import runbooks from "../../../schemas/messages/es/runbooks.json";
import screens from "../../../schemas/messages/es/screens.json";
import sync from "../../../schemas/messages/es/sync.json";
import today from "../../../schemas/messages/es/today.json";
import vocabulary from "../../../schemas/messages/es/vocabulary.json";
import words from "../../../schemas/messages/es/words.json";

export const spanish = {
  ...accounts,
  ...agreement,
  ...app,
  ...debriefs,
  ...errors,
  ...evidence,
  ...exported,
  ...handing,
  ...held,
  ...imports,
  ...improvement,
  ...measures,
  ...networks,
  ...notices,
  ...patterns,
  ...presenting,
  ...retention,
  ...review,
  ...rounds,
  ...runbooks,
  ...screens,
  ...sync,
  ...today,
  ...vocabulary,
  ...words,
};
