/**
 * A press that makes something, where the disk is full: what it made stands in the view and
 * waits to be written, so the same press again goes on with that and makes no second one.
 */
import { newId, record, saveTrouble, writeAgain, type Kind } from "../state";

/** What was begun and did not reach the disk: by what it was begun for. */
const begun = new Map<string, string>();

function unfinished(kind: Kind, what: string): string | undefined {
  const id = begun.get(what);
  begun.delete(what);
  return id && saveTrouble.peek() && record(kind, id).peek() ? id : undefined;
}

/** Its words may have been changed since: it is written as it is. */
async function writeAsItIs(): Promise<void> {
  await writeAgain();
  if (saveTrouble.peek()) throw new Error("the disk still takes nothing");
}

/**
 * Make a record of this kind for this place, and what belongs to it. Answers its id once all is
 * on the disk; rejects while it is not.
 */
export async function makeOnce(
  kind: Kind,
  place: string,
  make: (id: string) => Promise<unknown>,
  rest?: (id: string) => Promise<unknown>,
): Promise<string> {
  const what = `${kind} ${place}`;
  const known = unfinished(kind, what);
  const id = known ?? newId();
  try {
    await (known ? writeAsItIs() : make(id));
    await rest?.(id);
  } catch (error) {
    begun.set(what, id);
    throw error;
  }
  return id;
}
