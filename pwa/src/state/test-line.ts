/**
 * A line written to disk the way a note is, and read back by another connection: what says
 * that this device keeps words, before somebody relies on it for hours.
 */
import { keepMeta, readMeta } from "../db/meta";
import { closeOutbox, openOutbox } from "../db/outbox";
import { me } from "./open-network";

const KEY = "test_line";

/** Resolves with what the disk gave back. Rejects where it took or gave nothing. */
export async function writeTestLine(line: string): Promise<string> {
  const person = me.peek()?.person.id;
  if (person === undefined) throw new Error("nobody is signed in");
  const [pen, eye] = [openOutbox(person), openOutbox(person)];
  try {
    await keepMeta(pen, KEY, line);
    const read = await readMeta<string>(eye, KEY);
    if (read === undefined) throw new Error("nothing was there to read");
    return read;
  } finally {
    await Promise.allSettled([closeOutbox(pen), closeOutbox(eye)]);
  }
}
