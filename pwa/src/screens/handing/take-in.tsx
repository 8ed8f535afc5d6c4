/** For whoever leads, without a network: cards that visitors hand over as files. */
import { useState } from "preact/hooks";
import { Banner, Button, Sheet } from "../../components";
import { FileButton } from "../../components/file-button";
import { MOST_BYTES } from "../../domain/handed-cards";
import { t } from "../../i18n";
import { network } from "../../state";
import { takeInCards } from "../../state/handing";
import type { Board } from "../debriefs/board";

interface Told {
  file: string;
  words: string;
  isTaken: boolean;
}

async function wordsOf(round: string, file: File): Promise<Pick<Told, "words" | "isTaken">> {
  const refused = (words: string) => ({ words, isTaken: false });
  if (file.size > MOST_BYTES) return refused(t("handing.refused.too_large"));
  const text = await file.text().catch(() => null);
  if (text === null) return refused(t("handing.refused.unread"));
  const taken = await takeInCards(round, text);
  if (typeof taken === "string") return refused(t(`handing.refused.${taken}`));
  const { count, fresh } = taken;
  const team = taken.team ?? t("handing.no_team");
  const key = fresh > 0 ? "handing.taken" : "handing.taken_again";
  return { words: t(key, { team, count }), isTaken: true };
}

/** Whose files are still to come: by team, and never by name. */
function Given({ board }: { board: Board }) {
  const teams = board.teams.filter(({ memberCount }) => memberCount > 0);
  return (
    <div class="soft">
      {teams.map(({ id, name, postedCount, memberCount }) => (
        <p key={id}>
          {name}: {t("debriefs.cards_in_from", { posted: postedCount, members: memberCount })}
        </p>
      ))}
    </div>
  );
}

function Inside({ board }: { board: Board }) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const take = async (file: File) => {
    const answer = { file: file.name, ...(await wordsOf(board.roundId, file)) };
    setTold((before) => [answer, ...before]);
  };
  /** On a laptop: one after the other, so that each is told. */
  const dropped = async (event: DragEvent) => {
    event.preventDefault();
    for (const file of event.dataTransfer?.files ?? []) await take(file);
  };
  return (
    <div class="stack" onDragOver={(event) => event.preventDefault()} onDrop={dropped}>
      <p>{t("handing.take_in_what")}</p>
      <FileButton
        several
        label={t("handing.choose")}
        accept=".txt,.json,text/plain,application/json"
        onFile={take}
      />
      <Given board={board} />
      <div class="stack" role="status">
        {told.map(({ file, words, isTaken }, place) => (
          <Banner
            key={told.length - place}
            icon={isTaken ? "check" : "careful"}
            tone={isTaken ? "plain" : "careful"}
          >
            {words} <span class="soft">{file}</span>
          </Banner>
        ))}
      </div>
    </div>
  );
}

/** Only whoever can bring them to the server later: the network's lead, who holds the visitors'. */
function mayTakeIn({ mayLead, maySeeSources }: Board): boolean {
  return mayLead && maySeeSources && (network.value?.roles.includes("lead") ?? false);
}

export function TakeIn({ board }: { board: Board }) {
  const [open, setOpen] = useState(false);
  if (!mayTakeIn(board)) return null;
  return (
    <div>
      <Button look="quiet" icon="download" onPress={() => setOpen(true)}>
        {t("handing.take_in")}
      </Button>
      <Sheet open={open} title={t("handing.take_in")} onClose={() => setOpen(false)}>
        <Inside board={board} />
      </Sheet>
    </div>
  );
}
