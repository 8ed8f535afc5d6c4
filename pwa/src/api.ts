/**
 * What is done online: members, invitations, sessions, the directory. Never records: those
 * go through `state.ts`, which works with the radio off.
 */
import type { NetworkRole, Position } from "./generated/records";
import { errorText, t, type Params } from "./i18n";
import { AskingFailed, request } from "./sync/api";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Nothing of ours answered: no network, a portal, a proxy. */
export function isAway(error: unknown): boolean {
  return error instanceof AskingFailed && error.status === 0;
}

/** Why it did not work, for the screen. */
export function whyNot(error: unknown): string {
  if (isAway(error)) return t("app.no_connection");
  if (!(error instanceof AskingFailed)) return t("app.something_went_wrong");
  return errorText(error.code, error.detail as Params);
}

/** Every write carries a body, so that it has a length and a type. */
function ask<T>(method: Method, path: string, body: object = {}): Promise<T> {
  return request<T>(method, path, method === "GET" ? undefined : body);
}

export interface Place {
  roles: NetworkRole[];
  position: Position | null;
  school_id: string | null;
  district_id: string | null;
}

export interface MemberView extends Place {
  member_id: string;
  name: string;
  last_seen_at?: string | null;
  /** Told to leads and admins alone. */
  devices?: { name: string; last_seen_at: string }[];
}

export interface Invitation extends Place {
  id: string;
  name: string | null;
  email: string | null;
  /** Lets a member back in who forgot the password. */
  way_back_in: boolean;
  created_at: string;
  expires_at: string;
  standing: "open" | "used" | "ended";
}

export interface Invite extends Partial<Place> {
  name?: string;
  email?: string;
  roles: NetworkRole[];
}

/** A link and a code for one person. The link is never told again. */
export interface WayIn {
  invitation: Invitation;
  link: string;
  code: string;
  code_expires_at: string;
}

export interface SignIn {
  id: string;
  device_name: string | null;
  created_at: string;
  last_seen_at: string;
  is_this_one: boolean;
}

export interface DirectoryEntry {
  id: string;
  kind: "district" | "school";
  name: string;
  state: string;
  district_id: string | null;
  district_name: string | null;
}

export async function members(networkId: string): Promise<MemberView[]> {
  return (await ask<{ members: MemberView[] }>("GET", `/networks/${networkId}/members`)).members;
}

export function changeMember(networkId: string, memberId: string, change: Partial<Place>) {
  return ask<MemberView>("PATCH", `/networks/${networkId}/members/${memberId}`, change);
}

export function removeMember(networkId: string, memberId: string) {
  return ask<void>("DELETE", `/networks/${networkId}/members/${memberId}`);
}

/** Sign a member out on every device; what waits there stays there. */
export function endSignInsOf(networkId: string, memberId: string) {
  return ask<void>("DELETE", `/networks/${networkId}/members/${memberId}/sessions`);
}

/** A way back in for a member: a single-use link and a code. */
export function letBackIn(networkId: string, memberId: string) {
  return ask<WayIn>("POST", `/networks/${networkId}/members/${memberId}/recovery`);
}

export async function invitations(networkId: string): Promise<Invitation[]> {
  const path = `/networks/${networkId}/invitations`;
  return (await ask<{ invitations: Invitation[] }>("GET", path)).invitations;
}

export function invite(networkId: string, person: Invite) {
  return ask<WayIn>("POST", `/networks/${networkId}/invitations`, person);
}

export async function inviteMany(networkId: string, people: readonly Invite[]) {
  const path = `/networks/${networkId}/invitations/batch`;
  return (await ask<{ ways_in: Pick<WayIn, "invitation" | "link">[] }>("POST", path, { people }))
    .ways_in;
}

/** A fresh code and link for an invitation that stands open. */
export function freshCode(networkId: string, invitationId: string) {
  return ask<WayIn>("POST", `/networks/${networkId}/invitations/${invitationId}/code`);
}

export function withdraw(networkId: string, invitationId: string) {
  return ask<void>("DELETE", `/networks/${networkId}/invitations/${invitationId}`);
}

export async function mySignIns(): Promise<SignIn[]> {
  return (await ask<{ sessions: SignIn[] }>("GET", "/me/sessions")).sessions;
}

export function endSignIn(id: string) {
  return ask<void>("DELETE", `/me/sessions/${id}`);
}

/** The copy that a tablet saved (docs/sync-protocol.md, 8); more keys are passed over. */
export interface Rescued {
  format: string;
  version: number;
  changes: { network: string; change: object }[];
}

/** How many of its changes are new here, were here already, wait, and so on. No word of them. */
export type Carried = Record<
  "new" | "known" | "waiting" | "purged" | "refused" | "elsewhere",
  number
>;

export function carry(networkId: string, changes: Rescued["changes"]) {
  const file: Rescued = { format: "rounds-rescue", version: 1, changes };
  return ask<Carried>("POST", `/networks/${networkId}/carry`, file);
}

export interface ClientError {
  code: string;
  version: string;
  place: string | null;
  count: number;
  device_count: number;
  last_on: string;
}

export async function clientErrors(networkId: string): Promise<ClientError[]> {
  const path = `/networks/${networkId}/client-errors`;
  return (await ask<{ errors: ClientError[] }>("GET", path)).errors;
}

export function searchDirectory(networkId: string, q: string, kind: DirectoryEntry["kind"]) {
  const query = new URLSearchParams({ q, kind });
  const path = `/networks/${networkId}/directory?${query}`;
  return ask<{ entries: DirectoryEntry[]; more: boolean }>("GET", path);
}
