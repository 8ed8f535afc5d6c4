/**
 * Looking at a part of the wall: one core element, one focus question, one team; and larger or
 * smaller. On this device alone: nothing moves for anybody else. Never by classroom, and by
 * team only for those who visited (rule 15).
 */
import { useMemo, useState } from "preact/hooks";
import { Button, Select } from "../../components";
import { CORE_ELEMENTS } from "../../generated/records";
import { t } from "../../i18n";
import { list } from "../../state";
import type { Card } from "./board";
import { PaperSheet } from "./paper-sheet";
import { teamsWithWalls, type WallView } from "./walls";

const SIZES = ["small", "usual", "large"] as const;

interface Wanted {
  element: string | null;
  question: string | null;
  team: string | null;
}

const EVERYTHING: Wanted = { element: null, question: null, team: null };

export interface Looking {
  wanted: Wanted;
  want: (wanted: Partial<Wanted>) => void;
  size: (typeof SIZES)[number];
  resize: (by: number) => void;
  /** Those of the cards that are looked at. */
  at: (cards: readonly Card[]) => readonly Card[];
}

export function useLooking({ board }: WallView): Looking {
  const [wanted, setWanted] = useState(EVERYTHING);
  const [size, setSize] = useState(1);
  const { sources } = board;
  const at = useMemo(() => {
    const { element, question, team } = wanted;
    const isSeen = ({ id, fields }: Card) =>
      (!element || fields.element === element) &&
      (!question || fields.focus_questions.has(question)) &&
      (!team || sources.get(id)?.team === team);
    return (cards: readonly Card[]) => (wanted === EVERYTHING ? cards : cards.filter(isSeen));
  }, [wanted, sources]);
  return {
    wanted,
    want: (more) => {
      const next = { ...wanted, ...more };
      setWanted(Object.values(next).some(Boolean) ? next : EVERYTHING);
    },
    size: SIZES[size]!,
    resize: (by) => setSize(Math.min(SIZES.length - 1, Math.max(0, size + by))),
    at,
  };
}

function Chosen({ wall, looking }: { wall: WallView; looking: Looking }) {
  const { wanted, want } = looking;
  const questions = list("focus_question", wall.board.scope).value.filter(({ fields }) =>
    fields.text.trim(),
  );
  const teams = wall.team ? [] : teamsWithWalls(wall.board);
  const all = t("debriefs.all_of_them");
  return (
    <>
      <Select
        label={t("debriefs.core_element")}
        none={all}
        value={wanted.element}
        options={CORE_ELEMENTS.map((value) => ({
          value,
          label: t(`vocabulary.core_element.${value}`),
        }))}
        onChange={(element) => want({ element })}
      />
      {questions.length > 0 && (
        <Select
          label={t("debriefs.focus_question")}
          none={all}
          value={wanted.question}
          options={questions.map(({ id, fields }) => ({ value: id, label: fields.text }))}
          onChange={(question) => want({ question })}
        />
      )}
      {teams.length > 0 && (
        <Select
          label={t("debriefs.team")}
          none={all}
          value={wanted.team}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(team) => want({ team })}
        />
      )}
    </>
  );
}

export function WallTools({ wall, looking }: { wall: WallView; looking: Looking }) {
  const [onPaper, setOnPaper] = useState(false);
  return (
    <div class="wall-tools">
      <WallName wall={wall} />
      <LookAt wall={wall} looking={looking} />
      {wall.mayWrite && (
        <Button look="quiet" icon="print" popup="dialog" onPress={() => setOnPaper(true)}>
          {t("debriefs.paper_wall")}
        </Button>
      )}
      {onPaper && <PaperSheet wall={wall} onClose={() => setOnPaper(false)} />}
    </div>
  );
}

/** Whose cards hang here: said on every wall, for one looks like the other. */
function WallName({ wall: { team } }: { wall: WallView }) {
  return (
    <h2 class="wall-name">
      {team ? t("debriefs.wall_of", { team: team.name }) : t("debriefs.wall_of_all")}
    </h2>
  );
}

function LookAt({ wall, looking }: { wall: WallView; looking: Looking }) {
  const isPart = looking.wanted !== EVERYTHING;
  return (
    <details>
      <summary>{t(isPart ? "debriefs.looking_at_part" : "debriefs.look_at")}</summary>
      <div class="wall-tools-fields">
        <Chosen wall={wall} looking={looking} />
        <div class="cluster" role="group" aria-label={t("debriefs.size_of_cards")}>
          <Button disabled={looking.size === "small"} onPress={() => looking.resize(-1)}>
            {t("debriefs.smaller")}
          </Button>
          <Button disabled={looking.size === "large"} onPress={() => looking.resize(1)}>
            {t("debriefs.larger")}
          </Button>
        </div>
        {isPart && (
          <Button look="quiet" onPress={() => looking.want(EVERYTHING)}>
            {t("debriefs.show_all")}
          </Button>
        )}
      </div>
    </details>
  );
}
