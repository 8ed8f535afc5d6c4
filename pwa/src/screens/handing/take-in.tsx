/** For whoever leads, without a network: cards that visitors hand over as files. */
import { useState } from "preact/hooks";
import { Banner, Button, Sheet } from "../../components";
import { FileButton } from "../../components/file-button";
import { MOST_BYTES, type Refusal } from "../../domain/handed-cards";
import { t } from "../../i18n";
import { network } from "../../state";
import { lookAtCards, takeInCards, type Looked } from "../../state/handing";
import type { Board } from "../debriefs/board";

/** One file: what it holds and waits for a press, what became of it, or why it is refused. */
interface Told {
  name: string;
  words: string;
  is: "looked_at" | "taken" | "refused";
  looked?: Looked;
}

function wordsOf({ count, here, team, isKnown }: Looked): string {
  const words = { count, here, team: team ?? t("handing.no_team") };
  if (isKnown) return t("handing.taken_again", words);
  return t(here > 0 ? "handing.some_here" : "handing.in_it", words);
}

async function lookAt(round: string, file: File): Promise<Told> {
  const refused = (why: Refusal | "too_large" | "unread"): Told => {
    return { name: file.name, words: t(`handing.refused.${why}`), is: "refused" };
  };
  if (file.size > MOST_BYTES) return refused("too_large");
  const text = await file.text().catch(() => null);
  if (text === null) return refused("unread");
  const looked = await lookAtCards(round, text);
  if (typeof looked === "string") return refused(looked);
  const told = { name: file.name, words: wordsOf(looked) };
  return looked.isKnown ? { ...told, is: "taken" } : { ...told, is: "looked_at", looked };
}

async function takeOne(told: Told): Promise<Told> {
  if (!told.looked) return told;
  const { name, looked } = told;
  const refusal = await takeInCards(looked);
  if (refusal) return { name, words: t(`handing.refused.${refusal}`), is: "refused" };
  const { count, team } = looked;
  return {
    name,
    words: t("handing.taken", { count, team: team ?? t("handing.no_team") }),
    is: "taken",
  };
}

const ICONS = { looked_at: "note", taken: "check", refused: "careful" } as const;

function Files({ told }: { told: readonly Told[] }) {
  return (
    <div class="stack" role="status">
      {told.map(({ name, words, is }, place) => (
        <Banner
          key={told.length - place}
          icon={ICONS[is]}
          tone={is === "refused" ? "careful" : "plain"}
        >
          {words} <span class="soft">{name}</span>
        </Banner>
      ))}
    </div>
  );
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
  const waiting = told.filter(({ is }) => is === "looked_at").length;
  const look = async (file: File) => {
    const answer = await lookAt(board.roundId, file);
    setTold((before) => [answer, ...before]);
  };
  const take = async () => {
    const after: Told[] = [];
    for (const each of told) after.push(await takeOne(each));
    setTold(after);
  };
  /** On a laptop: one after the other, so that each is told. */
  const dropped = async (event: DragEvent) => {
    event.preventDefault();
    for (const file of event.dataTransfer?.files ?? []) await look(file);
  };
  return (
    <div class="stack" onDragOver={(event) => event.preventDefault()} onDrop={dropped}>
      <p>{t("handing.take_in_what")}</p>
      <FileButton
        several
        label={t("handing.choose")}
        accept=".txt,.json,text/plain,application/json"
        onFile={look}
      />
      <Files told={told} />
      {waiting > 0 && (
        <div>
          <Button look="primary" onPress={take}>
            {t("handing.take_these", { count: waiting })}
          </Button>
        </div>
      )}
      <Given board={board} />
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
