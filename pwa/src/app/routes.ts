/**
 * Every route and the screen behind it. A screen loads when it is first opened; all of
 * them are kept offline by the service worker.
 */
import { lazy } from "preact-iso";
import { exec } from "preact-iso/router";
import type { ComponentType } from "preact";
import { loadAllWords } from "../i18n";
import { Failure } from "./failure";

type Loaded = { default: ComponentType };

/** Screens that a classroom needs: their words are in the bundle. */
const AT_HAND = /^(today|not-sent|more|evidence\/visit)/;

const SCREENS = import.meta.glob<Loaded>([
  "../screens/today.tsx",
  "../screens/more.tsx",
  "../screens/settings.tsx",
  "../screens/not-sent.tsx",
  "../screens/held.tsx",
  "../screens/accounts/{sign-in,join,invitation,welcome,members,invite-many}.tsx",
  "../screens/networks/{places,import,choose-network,no-network}.tsx",
  "../screens/rounds/{rounds,round,plan,print}.tsx",
  "../screens/evidence/{visit,review,notes}.tsx",
  "../screens/debriefs/{debrief,runbook,summary,same-day,paper-cards}.tsx",
  "../screens/projector/{screen,presenting}.tsx",
  "../screens/improvement/{items,revisit}.tsx",
  "../screens/patterns/looks.tsx",
  "../screens/retention/keeping.tsx",
  "../screens/measures/{measures,measure}.tsx",
]);

/** A projector or a television: shown to a whole room, so nothing of a person stands on it. */
export const ROOM_SCREEN = "/screen";

const TABLE: readonly (readonly [path: string, screen: string])[] = [
  ["/", "today"],
  ["/sign-in", "accounts/sign-in"],
  ["/join", "accounts/join"],
  ["/join/:token", "accounts/invitation"],
  ["/welcome", "accounts/welcome"],
  ["/choose-network", "networks/choose-network"],
  ["/rounds", "rounds/rounds"],
  ["/rounds/:round", "rounds/round"],
  ["/rounds/:round/plan/:part?", "rounds/plan"],
  ["/rounds/:round/print/:what", "rounds/print"],
  ["/rounds/:round/visit/:slot", "evidence/visit"],
  ["/rounds/:round/review", "evidence/review"],
  ["/rounds/:round/notes", "evidence/notes"],
  ["/rounds/:round/debrief", "debriefs/debrief"],
  ["/rounds/:round/runbook", "debriefs/runbook"],
  ["/rounds/:round/summary", "debriefs/summary"],
  ["/rounds/:round/word", "debriefs/same-day"],
  ["/rounds/:round/cards/:team?", "debriefs/paper-cards"],
  ["/rounds/:round/next-level", "improvement/items"],
  ["/rounds/:round/revisit", "improvement/revisit"],
  ["/patterns/measures", "measures/measures"],
  ["/patterns/measures/:measure", "measures/measure"],
  ["/patterns/:look?", "patterns/looks"],
  ["/members/invite-many", "accounts/invite-many"],
  ["/members/:member?", "accounts/members"],
  ["/places/import", "networks/import"],
  ["/places/:place?", "networks/places"],
  ["/settings", "settings"],
  ["/not-sent", "not-sent"],
  ["/held", "held"],
  ["/keeping", "retention/keeping"],
  ["/more", "more"],
  [ROOM_SCREEN, "projector/screen"],
];

type Late = ComponentType & { preload: () => Promise<unknown> };

export interface Screen {
  path: string;
  component: Late;
}

/** The screen and its words are fetched side by side: it is drawn once both are here. */
function screenNamed(screen: string): Late[] {
  const load = SCREENS[`../screens/${screen}.tsx`];
  if (!load) return [];
  const words = AT_HAND.test(screen) ? undefined : loadAllWords;
  const ready = () => Promise.all([load(), words?.()]).then(([loaded]) => loaded);
  return [lazy<Loaded["default"]>(() => ready().catch(() => ({ default: Failure })))];
}

export const ROUTES: readonly Screen[] = TABLE.flatMap(([path, screen]) =>
  screenNamed(screen).map((component) => ({ path, component })),
);

/** Begin to fetch the screen of an address: it comes while the tablet's records are still read. */
export function fetchAhead(address: string): void {
  void ROUTES.find(({ path }) => exec(address, path))?.component.preload();
}

/** Stands in the place of every screen for somebody who is in no network now. */
export const [NoNetwork = Failure] = screenNamed("networks/no-network");

/** Stands in the place of the whole app while a room looks at this screen. */
export const [Presenting = Failure] = screenNamed("projector/presenting");

/** Whether a first segment leads anywhere: what does not exist has no entry in the menu. */
export function leadsSomewhere(href: string): boolean {
  return ROUTES.some(({ path }) => path === href || path.startsWith(`${href}/:`));
}

/** Where a person may be without being signed in: joining, signing in, a projector. */
export function isOpen(path: string): boolean {
  return [ROOM_SCREEN, "/sign-in", "/join"].includes(path) || path.startsWith("/join/");
}
