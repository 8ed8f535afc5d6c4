/**
 * Who may see and do what: the client's twin of server/domain/access.py, and a courtesy.
 * Screens ask it what to offer; the server asks its own table what to accept.
 */
import type { Kind, NetworkRole, RoundRole } from "../generated/records";

type Role = NetworkRole | RoundRole | "owner" | "server";

export interface Standing {
  memberId: string;
  networkId: string;
  networkRoles: ReadonlySet<string>;
  active: boolean;
  /** Round id to the member's roles there. */
  rounds: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rounds whose host school is the member's own. */
  hostedHere: ReadonlySet<string>;
}

const VISITING: readonly Role[] = [
  "visitor",
  "facilitator",
  "timekeeper",
  "documenter",
  "apprentice",
];
const PLANNERS: readonly Role[] = ["lead", "host", "facilitator"];
const DEBRIEFERS: readonly Role[] = [...VISITING, "lead"];
const DEBRIEF_LEADERS: readonly Role[] = ["lead", "facilitator", "timekeeper"];
const COMING_BACK: readonly Role[] = ["lead", "host", "facilitator", "timekeeper"];
const ROUND_PEOPLE: readonly Role[] = [...DEBRIEFERS, "host"];
const KEEPERS: readonly Role[] = ["lead", "analyst"];
const EVERYONE: readonly Role[] = [...ROUND_PEOPLE, "guest"];

export const WRITERS: { readonly [K in Kind]: readonly Role[] } = {
  district: ["lead", "admin"],
  school: ["lead", "admin"],
  framework: ["lead", "admin"],
  standard: ["lead", "admin"],
  member: ["server"],
  template: ["lead", "admin"],
  template_step: ["lead", "admin"],
  measure: KEEPERS,
  measure_point: KEEPERS,
  round: PLANNERS,
  participant: ["lead"],
  problem_of_practice: PLANNERS,
  theory_of_action: PLANNERS,
  focus_question: PLANNERS,
  norm: PLANNERS,
  norms_agreement: EVERYONE,
  classroom: ROUND_PEOPLE,
  team: PLANNERS,
  slot: ROUND_PEOPLE,
  observation: ["owner"],
  note: ["owner"],
  commitment: ["owner"],
  saved_view: ["owner"],
  regular_file: ["owner"],
  card_source: DEBRIEFERS,
  reader: ["owner"],
  reading: DEBRIEFERS,
  card: DEBRIEFERS,
  debrief: DEBRIEF_LEADERS,
  step: DEBRIEF_LEADERS,
  step_note: ["lead", "facilitator", "documenter", "apprentice"],
  dot: DEBRIEFERS,
  late_team: DEBRIEF_LEADERS,
  team_group: DEBRIEFERS,
  team_place: DEBRIEFERS,
  group: DEBRIEFERS,
  prediction: DEBRIEFERS,
  pattern: DEBRIEFERS,
  next_level_item: ROUND_PEOPLE,
  reflective_question: DEBRIEFERS,
  norm_check: ROUND_PEOPLE,
  return_summary: ROUND_PEOPLE,
  revisit: COMING_BACK,
  pattern_now: ROUND_PEOPLE,
};

export const FIELD_WRITERS: { readonly [field: string]: readonly Role[] } = {
  "round.host_school": ["lead"],
  "return_summary.host_words": ["host"],
  "return_summary.opened": ["host"],
  "return_summary.thanks_as_opened": ["host"],
  "return_summary.network_words_as_opened": ["host"],
  "return_summary.closing_as_opened": ["host"],
  "return_summary.same_day_word": ["host"],
  "return_summary.hear_on": ["host"],
  "return_summary.then_and_now": ["host"],
  "return_summary.reminded_at": ["lead", "facilitator"],
  "revisit.opened_at": DEBRIEF_LEADERS,
};

/** The member's roles in a round; the network's lead leads each of its rounds. */
export function rolesIn(standing: Standing, roundId: string): ReadonlySet<string> {
  const roles = new Set(standing.rounds.get(roundId));
  if (standing.networkRoles.has("lead")) roles.add("lead");
  return roles;
}

/** Whether these roles, in the network and in the round, may move its debrief on. */
export function leadsDebriefs(
  inNetwork: ReadonlySet<string>,
  inRound: ReadonlySet<string>,
): boolean {
  return inNetwork.has("lead") || hasAny(inRound, DEBRIEF_LEADERS);
}

function hasAny(roles: ReadonlySet<string>, wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.has(role));
}

function parts(scope: string): [type: string, owner: string] {
  const colon = scope.indexOf(":");
  return [scope.slice(0, colon), scope.slice(colon + 1)];
}

/** Whether the member reads everything in the scope. */
export function mayHold(standing: Standing, scope: string): boolean {
  const [type, owner] = parts(scope);
  if (!standing.active) return false;
  if (type === "own") return owner === standing.memberId;
  if (type === "network") return owner === standing.networkId;
  const roles = rolesIn(standing, owner);
  if (type === "round") return roles.size > 0;
  if (type !== "visitors") return false;
  const fromHost = roles.has("host") || standing.hostedHere.has(owner);
  return !fromHost && hasAny(roles, DEBRIEFERS);
}

function rolesFor(standing: Standing, scope: string): ReadonlySet<string> {
  const [type, owner] = parts(scope);
  if (type === "own") return new Set(["owner"]);
  if (type === "network") return standing.networkRoles;
  return rolesIn(standing, owner);
}

/** Whether a change of these registers would be accepted. */
export function mayWrite(
  standing: Standing,
  kind: Kind,
  scope: string,
  registers: Iterable<string> = [],
): boolean {
  if (!mayHold(standing, scope)) return false;
  const roles = rolesFor(standing, scope);
  if (!hasAny(roles, WRITERS[kind])) return false;
  return [...registers].every((register) => {
    const writers = FIELD_WRITERS[`${kind}.${register.split("/", 1)[0]!}`];
    return writers === undefined || hasAny(roles, writers);
  });
}
