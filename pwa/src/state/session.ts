/**
 * Signing in, joining, leaving, and opening one network.
 *
 * Every person has databases of their own on a tablet. Signing out deletes nothing that they
 * wrote: what is unsent stays under that person and goes when they sign in here again. What was
 * read from the server goes.
 */
import { Cache, emptyCache } from "../db/cache";
import { keep, readKept } from "../db/device";
import { closeOutbox, openOutbox, type Outbox } from "../db/outbox";
import { newId } from "../domain/identifiers";
import { ask, introduceDevice, request } from "../sync/api";
import { hear, tell } from "../sync/leader";
import { keepSignedIn } from "../sync/sender";
import { keepInMind, lookForLoss, rememberDevice, rememberedDevice } from "./canary";
import { Notebook } from "./notebook";
import { me, network, openMemberId } from "./open-network";
import { presented, readPresented } from "./presenting";
import { notebook, openingFailed } from "./records";
import { afterSave, link, sessionBelongsTo, startSending, stopSending, type Post } from "./sending";
import type { Me } from "./types";

export { me, network };

const MEMBER = "member_id";
const LEAVING = "sign_out_pending";
/** Who signed out last: whose unsent words the rescue page finds. */
const LAST = "last_me";

let deviceId = "";

/** An emptied device is the same device: what it said to wait must not stay waiting for ever. */
async function knownDevice(): Promise<string> {
  const known = await readKept<string>("device_id");
  const id = known ?? rememberedDevice() ?? newId();
  if (known === undefined) await keep("device_id", id);
  rememberDevice(id);
  return id;
}

/**
 * Read what the tablet knows and open it. Await this before anything is drawn. Where the
 * storage cannot be read the app opens all the same, and `saveTrouble` says so.
 */
export async function start(): Promise<void> {
  try {
    await openDevice();
  } catch {
    openingFailed.value = true;
  }
}

let leaving = new AbortController();
let unhear: () => void = () => undefined;

/** Close everything, as when the page goes. */
export async function stop(): Promise<void> {
  unhear();
  await closeBooks();
}

async function openDevice(): Promise<void> {
  await readPresented();
  deviceId = await knownDevice();
  introduceDevice(deviceId);
  openMemberId.value = (await readKept<string>(MEMBER)) ?? null;
  me.value = (await readKept<Me>("me")) ?? null;
  unhear = hear((message) => {
    if (message.about === "person") location.reload();
    if (message.about === "presenting") presented.value = message.round;
  });
  if (await readKept(LEAVING)) void finishLeaving();
  else if (me.value) void renewMe();
  await openBooks();
}

/** What is open: whose, where, and how to close it. */
interface Books {
  post: Post;
  notebook: Notebook;
  close: () => Promise<void>;
}

let books: Books | null = null;

/** Open the databases of the person and the view of the open network. */
async function openBooks(): Promise<void> {
  await closeBooks();
  const here = network.value;
  const person = me.value?.person.id;
  if (!here || person === undefined) return;
  const outbox = openOutbox(person);
  const cache = await openCache(person);
  const post: Post = { person, network: here.network.id, outbox, cache };
  const book = new Notebook({
    ...{ outbox, cache, network: here.network.id, member: here.member_id, now: Date.now },
    saved: (record, isEditing) => afterSave(post, record, isEditing),
  });
  const isAlive = await lookForLoss(outbox, person, Date.now());
  let forget: () => void = () => undefined;
  const close = () => {
    forget();
    return closeDatabases(outbox, cache);
  };
  books = { post, notebook: book, close };
  await book.load();
  if (isAlive) forget = keepInMind(person, book.waiting, Date.now);
  notebook.value = book;
  startSending(post, book);
}

/** A cache that cannot be read, or is another release's, is thrown away: the next pull fills one. */
async function openCache(person: string): Promise<Cache> {
  const found = new Cache(person);
  try {
    await found.openOwn();
    return found;
  } catch {
    await found.delete();
  }
  const fresh = new Cache(person); // What was found has learned the other's stores.
  await fresh.open();
  return fresh;
}

/** Go on where sending was paused, for the same person in the same network. */
async function resume(): Promise<void> {
  const isSame =
    books?.post.person === me.value?.person.id && books?.post.network === network.value?.network.id;
  if (books && isSame) startSending(books.post, books.notebook);
  else await openBooks();
}

async function closeDatabases(outbox: Outbox, cache: Cache): Promise<void> {
  cache.close();
  await closeOutbox(outbox);
}

/** Whatever is typed is on disk, and nothing leaves any more. */
async function closeBooks(): Promise<void> {
  await stopSending();
  await notebook.value?.closeAllEditors();
  notebook.value = null;
  await books?.close();
  books = null;
}

/** Who the server says we are, when it can be asked; memberships may have changed. */
export async function renewMe(): Promise<void> {
  const answer = await ask("GET", "/me");
  const fresh = answer?.status === 200 ? (answer.body as Me) : null;
  if (!fresh || fresh.person.id !== me.value?.person.id) return;
  sessionBelongsTo(fresh.person.id);
  await keepSignedIn(fresh);
  const before = network.value?.member_id;
  me.value = fresh;
  if (network.value?.member_id !== before) await openBooks();
}

async function signedIn(who: Me): Promise<Me> {
  const another = me.value !== null && me.value.person.id !== who.person.id;
  await keep(LEAVING, undefined);
  await keepSignedIn(who);
  sessionBelongsTo(who.person.id);
  me.value = who;
  link.value = "online";
  await resume();
  if (another) tell({ about: "person" });
  return who;
}

const device = () => ({ id: deviceId, name: deviceName() });

function deviceName(): string {
  const agent = navigator.userAgent;
  const known = ["iPad", "iPhone", "Android", "CrOS", "Windows", "Macintosh", "Linux"];
  return known.find((word) => agent.includes(word)) ?? "";
}

/**
 * Sign in, or sign in again in place. Throws AskingFailed with the code of its message.
 *
 * While it is asked nothing is sent: the session may become another person's at any moment.
 */
export async function signIn(email: string, password: string): Promise<Me> {
  return whilePaused(() => request<Me>("POST", "/session", { email, password, device: device() }));
}

/** A sign-out that is still under way must not end the session that begins now. */
async function whilePaused(enter: () => Promise<Me>): Promise<Me> {
  leaving.abort();
  await stopSending();
  try {
    return await signedIn(await enter());
  } catch (error) {
    if (me.value !== null) await resume();
    throw error;
  }
}

/** What an invitation page shows before anybody has joined. */
export interface Invitation {
  network_name: string;
  roles: string[];
  invited_by_roles: string[];
  name: string | null;
  /** It lets a member back in who forgot the password. */
  way_back_in: boolean;
  expires_at: string;
}

export function lookAtInvitation(token: string): Promise<Invitation> {
  return request("POST", "/join/look", { token });
}

/** Six digits to type in the installed app. */
export function askForCode(token: string): Promise<{ code: string; expires_at: string }> {
  return request("POST", "/join/code", { token });
}

/**
 * Join with the typed code, or with the token of a single-use link. `as_me`: somebody who is
 * signed in here already joins one more network.
 */
export async function join(
  by: ({ code: string } | { token: string }) & { name?: string; as_me?: boolean },
): Promise<Me> {
  return whilePaused(() => request<Me>("POST", "/join", { ...by, device: device() }));
}

export interface MyChanges {
  name?: string;
  language?: string;
  email?: string;
  password?: string;
  current_password?: string;
}

export async function changeMe(changes: MyChanges): Promise<void> {
  await request("PUT", "/me", changes);
  await renewMe();
}

/** Open another of the person's networks. */
export async function openNetwork(memberId: string): Promise<void> {
  await keep(MEMBER, memberId);
  openMemberId.value = memberId;
  await openBooks();
}

/** Sign out here. Deletes nothing that was written; say `waiting` to the person before. */
export async function signOut(): Promise<void> {
  await closeBooks();
  const person = me.value?.person.id;
  // A cache that cannot be read cannot be emptied either, and keeps nobody signed in.
  if (person !== undefined) await emptyCache(person).catch(() => undefined);
  await keep(LEAVING, true);
  await keep(LAST, me.value ?? undefined);
  await keepSignedIn(null);
  sessionBelongsTo(null);
  me.value = null;
  tell({ about: "person" });
  await finishLeaving();
}

/** The session ends at the server as soon as it can be told. */
async function finishLeaving(): Promise<void> {
  if (me.value !== null) return;
  leaving = new AbortController();
  const answer = await ask("DELETE", "/session", undefined, leaving.signal);
  if (answer !== null && answer.status < 500) await keep(LEAVING, undefined);
}
