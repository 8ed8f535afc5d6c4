/**
 * The one door of screens to records, people and sending. Screens import nothing below it.
 *
 * Everything here reads from memory and answers at once; a save resolves when it is on disk.
 */
export type * from "./state/types";
export {
  closeEditor,
  editing,
  editorIsOpen,
  history,
  isAtHand,
  list,
  listBy,
  may,
  record,
  remove,
  restore,
  save,
  saveTrouble,
  scopes,
  setAside,
  together,
  standing,
  waiting,
  writeAgain,
} from "./state/records";
export {
  discardSetAside,
  link,
  locked,
  pollEvery,
  retrySetAside,
  serverNow,
  syncNow,
  tooOld,
  unsentCopy,
} from "./state/sending";
export {
  askForCode,
  changeMe,
  join,
  lookAtInvitation,
  me,
  network,
  openNetwork,
  renewMe,
  signIn,
  signOut,
  start,
  stop,
} from "./state/session";
export { endPresenting, present, presented } from "./state/presenting";
export { loss, understood } from "./state/canary";
export { keepDraft, readDraft } from "./state/drafts";
export { writeTestLine } from "./state/test-line";
export { request, AskingFailed } from "./sync/api";
export { derivedId, newId } from "./domain/identifiers";
