/**
 * *Presenting*: what this screen shows, a whole room sees. Kept on the device: the next start
 * reads it before anything is drawn, the service worker before it shows a notice.
 */
import { signal } from "@preact/signals";
import { keep, readKept } from "../db/device";
import { tell } from "../sync/leader";

/** A notice that came meanwhile, in its words. It is shown when the room looks no more. */
interface Held {
  title: string;
  options: NotificationOptions;
}

interface Kept {
  round: string;
  held: readonly Held[];
}

const KEY = "presenting";

/** The round whose debrief the room sees here. Null: only the person looks at this screen. */
export const presented = signal<string | null>(null);

/** Await this before anything of a person is known to the app, let alone drawn. */
export async function readPresented(): Promise<void> {
  presented.value = (await readKept<Kept>(KEY))?.round ?? null;
}

/** Hidden at once, here and in every other tab; on disk a moment later. */
export async function present(round: string): Promise<void> {
  show(round);
  await keep(KEY, { round, held: [] } satisfies Kept);
  for (const held of await takeNoticesAway()) await holdBack(held);
}

/** The screen is the person's own again, and what was held back is told. */
export async function endPresenting(): Promise<void> {
  const held = (await readKept<Kept>(KEY).catch(() => undefined))?.held ?? [];
  await keep(KEY, undefined).finally(() => show(null));
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const { title, options } of held) await registration?.showNotification(title, options);
}

async function holdBack(notice: Held): Promise<void> {
  const kept = await readKept<Kept>(KEY);
  if (kept) await keep(KEY, { ...kept, held: [...kept.held, notice] });
}

function show(round: string | null): void {
  presented.value = round;
  tell({ about: "presenting", round });
}

/** What the system's list of notices still shows: it would come up when the list is pulled down. */
async function takeNoticesAway(): Promise<Held[]> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const there = (await registration?.getNotifications()) ?? [];
  return there.map((notice) => {
    notice.close();
    const { title, body, icon, data, tag } = notice;
    return { title, options: { body, icon, data: data as unknown, tag } };
  });
}
