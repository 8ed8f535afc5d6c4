/**
 * What those who care for a network do now and then: take in the copy that a broken tablet
 * saved, and see whether the app fails somewhere. Shows nothing where there is nothing to do.
 */
import { useState } from "preact/hooks";
import { carry, clientErrors, whyNot, type Carried, type Rescued } from "../../api";
import { Banner, List, Row, Section, showToast, useAnswer, useAsking } from "../../components";
import { FileButton } from "../../components/file-button";
import type { NetworkRole } from "../../generated/records";
import { formatDate, t } from "../../i18n";

/** So many changes at once, and so much text: a file may hold more than one request takes. */
const PART = 400;
const PART_BYTES = 2 * 2 ** 20;

/** The changes of a saved copy that belong to this network; null where it is no such copy. */
export function changesOf(text: string, networkId: string): Rescued["changes"] | null {
  try {
    const file = JSON.parse(text) as Partial<Rescued> | null;
    if (file?.format !== "rounds-rescue" || !Array.isArray(file.changes)) return null;
    return file.changes.filter((each) => each?.network === networkId);
  } catch {
    return null;
  }
}

/** The changes in their order, as requests take them. */
export function partsOf(changes: Rescued["changes"]): Rescued["changes"][] {
  const parts: Rescued["changes"][] = [];
  let bytes = 0;
  for (const change of changes) {
    const own = new Blob([JSON.stringify(change)]).size;
    const last = parts.at(-1);
    if (last && last.length < PART && bytes + own <= PART_BYTES) last.push(change);
    else parts.push([change]);
    bytes = last === parts.at(-1) ? bytes + own : own;
  }
  return parts;
}

async function carryAll(networkId: string, changes: Rescued["changes"]): Promise<Carried> {
  const sum: Carried = { new: 0, known: 0, waiting: 0, purged: 0, refused: 0, elsewhere: 0 };
  for (const part of partsOf(changes)) {
    const done = await carry(networkId, part);
    for (const name of Object.keys(sum) as (keyof Carried)[]) sum[name] += done[name];
  }
  return sum;
}

/** What became of the file, in sentences; what was not taken in is never passed over. */
function Taken({ done }: { done: Carried }) {
  const more = (["waiting", "purged", "refused"] as const).filter((name) => done[name] > 0);
  return (
    <div role="status">
      <Banner tone={done.refused > 0 ? "careful" : "plain"}>
        {[
          t("accounts.copy_taken", { count: done.new, known: done.known }),
          ...more.map((name) => t(`accounts.copy_${name}`, { count: done[name] })),
        ].join(" ")}
      </Banner>
    </div>
  );
}

/** A lead brings what a tablet wrote down that cannot send by itself any more. */
function TakeInCopy({ networkId }: { networkId: string }) {
  const asking = useAsking();
  const [done, setDone] = useState<Carried>();
  const take = (file: File) =>
    asking.run(async () => {
      const changes = changesOf(await file.text(), networkId);
      if (!changes) return showToast({ text: t("accounts.copy_unknown") });
      setDone(await carryAll(networkId, changes));
    });
  return (
    <Section title={t("accounts.copy")}>
      <p class="soft">{t("accounts.copy_lead")}</p>
      {done && <Taken done={done} />}
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <FileButton
        label={t("accounts.copy_choose")}
        accept="application/json,.json"
        disabled={asking.waiting}
        onFile={take}
      />
    </Section>
  );
}

/** For admins: that the app failed, how often and since which version. */
function AppFailures({ networkId }: { networkId: string }) {
  const { value } = useAnswer(() => clientErrors(networkId), networkId);
  if (!value || value.length === 0) return null;
  return (
    <Section title={t("accounts.failures")}>
      <p class="soft">{t("accounts.failures_lead")}</p>
      <List long label={t("accounts.failures")}>
        {value.map((each) => (
          <Row
            key={`${each.code} ${each.version} ${each.place ?? ""}`}
            title={t("accounts.failed", { count: each.count })}
            detail={t("accounts.failed_where", {
              version: each.version,
              devices: each.device_count,
              place: [each.code, each.place].filter(Boolean).join(", "),
            })}
            end={formatDate(each.last_on, "short")}
          />
        ))}
      </List>
    </Section>
  );
}

interface UpkeepProps {
  networkId: string;
  roles: readonly NetworkRole[];
}

export function Upkeep({ networkId, roles }: UpkeepProps) {
  return (
    <>
      {roles.includes("lead") && <TakeInCopy networkId={networkId} />}
      {roles.includes("admin") && <AppFailures networkId={networkId} />}
    </>
  );
}
