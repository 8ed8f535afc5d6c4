/** English of everything beyond capture: a file of its own, loaded with the first such screen. */
import accounts from "../../../schemas/messages/en/accounts.json";
import agreement from "../../../schemas/messages/en/agreement.json";
import debriefs from "../../../schemas/messages/en/debriefs.json";
import exported from "../../../schemas/messages/en/exports.json";
import handing from "../../../schemas/messages/en/handing.json";
import held from "../../../schemas/messages/en/held.json";
import improvement from "../../../schemas/messages/en/improvement.json";
import networks from "../../../schemas/messages/en/networks.json";
import notices from "../../../schemas/messages/en/notices.json";
import imports from "../../../schemas/messages/en/imports.json";
import measures from "../../../schemas/messages/en/measures.json";
import patterns from "../../../schemas/messages/en/patterns.json";
import presenting from "../../../schemas/messages/en/presenting.json";
import retention from "../../../schemas/messages/en/retention.json";
import review from "../../../schemas/messages/en/review.json";
import rounds from "../../../schemas/messages/en/rounds.json";
import runbooks from "../../../schemas/messages/en/runbooks.json";
import screens from "../../../schemas/messages/en/screens.json";
import words from "../../../schemas/messages/en/words.json";

export const englishMore = {
  ...accounts,
  ...agreement,
  ...debriefs,
  ...exported,
  ...handing,
  ...held,
  ...improvement,
  ...imports,
  ...networks,
  ...notices,
  ...measures,
  ...patterns,
  ...presenting,
  ...retention,
  ...review,
  ...rounds,
  ...runbooks,
  ...screens,
  ...words,
};
