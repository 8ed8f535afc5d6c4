/**
 * Is this device ready for hours without a network? Each check tries the thing itself; one
 * that cannot be tried here is left out rather than guessed.
 */
export const CHECKS = ["installed", "kept", "writes", "room", "plan", "sent"] as const;
export type Check = (typeof CHECKS)[number];
export type Findings = Readonly<Partial<Record<Check, boolean>>>;

/** What a day of notes needs, with a margin of a thousand. */
const ROOM_BYTES = 50 * 2 ** 20;

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

/** Whether the app's own files are on this device. */
async function isKept(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !navigator.serviceWorker.controller) return false;
  return (await caches.keys()).length > 0;
}

/** A test write, as strict as a note's, read back and thrown away. */
function writes(): Promise<boolean> {
  return new Promise((resolve) => {
    const opening = indexedDB.open("rounds-test-write", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("line");
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const database = opening.result;
      const tx = database.transaction("line", "readwrite", { durability: "strict" });
      tx.objectStore("line").put("A camera could have seen this.", 1);
      tx.onabort = () => resolve(false);
      tx.oncomplete = () => {
        database.close();
        indexedDB.deleteDatabase("rounds-test-write");
        resolve(true);
      };
    };
  });
}

/** Whether there is room; undefined where the engine does not tell. */
async function hasRoom(): Promise<boolean | undefined> {
  const estimate = await navigator.storage?.estimate?.();
  if (estimate?.quota === undefined) return undefined;
  return estimate.quota - (estimate.usage ?? 0) > ROOM_BYTES;
}

/** What can be tried without knowing of rounds. */
export async function tryDevice(): Promise<Findings> {
  const [kept, wrote, room] = await Promise.all([isKept(), writes(), hasRoom()]);
  const told = room === undefined ? {} : { room };
  return { installed: isInstalled(), kept, writes: wrote, ...told };
}
