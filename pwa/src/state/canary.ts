/**
 * Whether this device's storage was emptied behind our back: a browser that ran short, a
 * setting, somebody's hand. What was only here is gone then, and the person is told when it
 * was last whole and how much waited.
 *
 * A word beside the changes dies with them; the device's small memory often outlives both.
 * Guesses nothing: without such a memory nothing is said. The lead hears of it too, by the
 * heartbeat: when and how much, never what.
 */
import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { keepMeta, readMeta } from "../db/meta";
import type { Outbox } from "../db/outbox";

const MEMORY = "rounds.canary";
const DEVICE = "rounds.device";
const ALIVE = "canary";
const LOSS = "storage_lost";

/** What is known of a loss. `waiting` records were only on this device, the last time it was whole. */
export interface Loss {
  last_whole_at: string;
  noticed_at: string;
  waiting: number;
  /** The person has read it; it is kept until the server was told too. */
  read?: boolean;
  told?: boolean;
}

interface Remembered {
  at: string;
  waiting: number;
}

/** The open account's loss, until the person says that they have read it. */
export const loss = signal<Loss | null>(null);

let opened: Outbox | null = null;
let known: Loss | undefined;

function remembered(person: string): Remembered | null {
  try {
    const all = JSON.parse(localStorage.getItem(MEMORY) ?? "{}") as Record<string, Remembered>;
    return all[person] ?? null;
  } catch {
    return null;
  }
}

function remember(person: string, what: Remembered): void {
  try {
    const all = JSON.parse(localStorage.getItem(MEMORY) ?? "{}") as Record<string, Remembered>;
    localStorage.setItem(MEMORY, JSON.stringify({ ...all, [person]: what }));
  } catch {
    // A device without this memory is told nothing, and keeps its notes all the same.
  }
}

export function rememberedDevice(): string | null {
  try {
    return localStorage.getItem(DEVICE);
  } catch {
    return null;
  }
}

export function rememberDevice(id: string): void {
  try {
    localStorage.setItem(DEVICE, id);
  } catch {
    // It is another device once it was emptied, and no note is the worse for it.
  }
}

const moment = (now: number) => `${new Date(now).toISOString().slice(0, 19)}Z`;

/**
 * Look for a loss as the outbox is opened. False when this disk takes no word now: then nothing
 * may be remembered either, or a full disk would look like an emptied one.
 */
export async function lookForLoss(outbox: Outbox, person: string, now: number): Promise<boolean> {
  opened = outbox;
  try {
    if (!(await readMeta(outbox, ALIVE))) await begin(outbox, remembered(person), now);
    known = await readMeta<Loss>(outbox, LOSS);
    loss.value = known && !known.read ? known : null;
    return true;
  } catch {
    return false;
  }
}

async function begin(outbox: Outbox, before: Remembered | null, now: number): Promise<void> {
  const noticed_at = moment(now);
  if (before) {
    const { at: last_whole_at, waiting } = before;
    await keepMeta(outbox, LOSS, { last_whole_at, noticed_at, waiting });
  }
  await keepMeta(outbox, ALIVE, noticed_at);
}

/** From here on the device remembers how much waits. Answers how to stop. */
export function keepInMind(
  person: string,
  waiting: ReadonlySignal<{ count: number }>,
  now: () => number,
): () => void {
  return effect(() => remember(person, { at: moment(now()), waiting: waiting.value.count }));
}

/** The person has read it. */
export async function understood(): Promise<void> {
  loss.value = null;
  await mark({ read: true });
}

/** What the server was not told of yet. */
export function untoldLoss(): Loss | null {
  return known && !known.told ? known : null;
}

/** The server has heard of it. */
export function lossIsTold(): Promise<void> {
  return mark({ told: true });
}

async function mark(what: { read: true } | { told: true }): Promise<void> {
  if (!opened || !known) return;
  known = { ...known, ...what };
  await keepMeta(opened, LOSS, known.read && known.told ? undefined : known);
}
