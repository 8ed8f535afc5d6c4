/**
 * Throws the app's own files away, so that the next start fetches them again.
 *
 * Only when our server answers: without it a broken app is better than none. Touches no
 * database: what somebody wrote stays.
 */
async function serverAnswers(): Promise<boolean> {
  const signal = AbortSignal.timeout(10_000);
  const how = { cache: "no-store", redirect: "error", signal } as const;
  const answer = await fetch("/api/v1/ready", how).catch(() => null);
  return answer?.headers.get("Sync-Server") === "1" && answer.ok;
}

/** False when nothing was done. */
export async function renewApp(): Promise<boolean> {
  if (!(await serverAnswers())) return false;
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  const names = (await caches.keys()).filter((name) => name.startsWith("rounds-files-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  location.replace("/");
  return true;
}
