/** For whoever visited, in a library without a network: their cards as a file, to give away. */
import { useState } from "preact/hooks";
import { Banner, Button, Sheet, showToast, useAsking } from "../../components";
import { t } from "../../i18n";
import { list, may, network } from "../../state";
import { saveFile } from "../download";
import { handOver, type HandOver as Handed } from "../../state/handing";

/** `rounds-cards-team-a-0942.txt`: no person's name; a text file, since tablets share those. */
function nameOf(team: string): string {
  const words = team.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const time = new Date().toTimeString().slice(0, 5).replace(":", "");
  return `rounds-cards-${words}-${time}.txt`;
}

function fileOf(handed: Handed, team: string): File {
  return new File([handed.text], nameOf(team), { type: "text/plain" });
}

function save(file: File): void {
  saveFile(file);
  showToast({ text: t("handing.saved") });
}

/** Somebody who closes the system's sheet has changed their mind: nothing is wrong. */
async function share(file: File): Promise<void> {
  await navigator.share({ files: [file] }).catch((reason: unknown) => {
    if (!(reason instanceof DOMException && reason.name === "AbortError")) save(file);
  });
}

function Ready({ file, count }: { file: File; count: number }) {
  const mayShare = navigator.canShare?.({ files: [file] }) ?? false;
  return (
    <div class="stack">
      <p>{t("handing.in_file", { count })}</p>
      <p class="soft">{t("handing.how")}</p>
      <div class="cluster">
        {mayShare && (
          <Button look="primary" icon="share" onPress={() => share(file)}>
            {t("handing.share")}
          </Button>
        )}
        <Button look={mayShare ? "plain" : "primary"} icon="download" onPress={() => save(file)}>
          {t("handing.save")}
        </Button>
      </div>
    </div>
  );
}

/** The team of whoever holds this tablet; null for whoever visits nothing in the round. */
function myTeam(roundId: string): string | null {
  const visits = may("card", `round:${roundId}`) && may("card_source", `visitors:${roundId}`);
  const me = network.value?.member_id ?? "";
  const team = list("team", `round:${roundId}`).value.find(({ fields }) => fields.members.has(me));
  return visits && team ? team.fields.name : null;
}

export function HandOver({ roundId }: { roundId: string }) {
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<{ file: File; count: number } | "nothing" | null>(null);
  const asking = useAsking();
  const team = myTeam(roundId);
  if (team === null) return null;
  const prepare = () =>
    asking.run(async () => {
      setFile(null);
      setOpen(true);
      const handed = await handOver(roundId);
      setFile(handed ? { file: fileOf(handed, team), count: handed.count } : "nothing");
    });
  return (
    <div class="cluster">
      <span class="soft">{t("handing.no_network")}</span>
      <Button look="quiet" icon="share" onPress={prepare}>
        {t("handing.hand_over")}
      </Button>
      <Sheet open={open} title={t("handing.hand_over")} onClose={() => setOpen(false)}>
        <div class="stack">
          <p>{t("handing.what")}</p>
          {file === "nothing" && <Banner icon="note">{t("handing.nothing")}</Banner>}
          {file && file !== "nothing" && <Ready {...file} />}
        </div>
      </Sheet>
    </div>
  );
}
