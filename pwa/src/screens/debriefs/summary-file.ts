/**
 * The summary as a report (PDF), made by the server from what it has: so what waits on this
 * device goes first, and a page is never handed on without the words that were just written.
 */
import { effect } from "@preact/signals";
import { language } from "../../i18n";
import { network, syncNow, waiting, writeAgain } from "../../state";
import { API, AskingFailed } from "../../sync/api";
import { saveFile } from "../download";

const PATIENCE_MS = 10_000;
const NAME = "summary.pdf";

/** What was written here is not on the server yet, so the file would lack it. */
export class NotSentYet extends Error {}

/** Whether nothing waits here any more, once the server had time to take it. */
async function isAllSent(): Promise<boolean> {
  await writeAgain(); // The press that asks for the file also left the field.
  syncNow();
  return new Promise((resolve) => {
    const end = (sent: boolean) => {
      clearTimeout(timer);
      queueMicrotask(() => stop()); // The effect runs once before it can be stopped.
      resolve(sent);
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    const stop = effect(() => {
      if (waiting.value.count === 0) end(true);
    });
  });
}

async function fetchFile(roundId: string): Promise<Blob> {
  const networkId = network.value?.network.id ?? "";
  const path = `/networks/${networkId}/rounds/${roundId}/summary/export`;
  const answer = await fetch(`${API}${path}?language=${language.value}`).catch(() => null);
  if (answer?.headers.get("Sync-Server") !== "1") throw new AskingFailed("app.offline", 0);
  if (answer.ok) return answer.blob();
  const { error } = (await answer.json()) as { error: { code: string } };
  throw new AskingFailed(error.code, answer.status);
}

export async function takeSummary(roundId: string): Promise<void> {
  if (!(await isAllSent())) throw new NotSentYet();
  saveFile(new File([await fetchFile(roundId)], NAME, { type: "application/pdf" }));
}
