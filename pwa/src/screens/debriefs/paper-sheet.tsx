/** The paper wall: cards to print, and a field in which what hangs there is typed by its codes. */
import { useRef } from "preact/hooks";
import { Button, LinkButton, Sheet, TextArea } from "../../components";
import { t } from "../../i18n";
import { useDraft } from "../words/draft";
import { makeFromPaper, readPaper, type PaperLine } from "./paper-acts";
import type { WallView } from "./walls";

function Line({ line }: { line: PaperLine }) {
  const name = line.name || t("debriefs.new_group");
  return (
    <li class="paper-line">
      {line.cards.length > 0 && (
        <>
          <p class="wall-group-name">{name}</p>
          <ul>
            {line.cards.map((card) => (
              <li key={card.id} class="label">
                {card.fields.text}
              </li>
            ))}
          </ul>
        </>
      )}
      {line.asks.map((ask) => (
        <p key={ask} class="label soft">
          {ask}
        </p>
      ))}
    </li>
  );
}

export function PaperSheet({ wall, onClose }: { wall: WallView; onClose: () => void }) {
  const owner = wall.team?.id ?? wall.board.roundId;
  const { forget, ...typed } = useDraft(`debriefs.paper/${owner}`);
  const newest = useRef(wall);
  newest.current = wall;
  const lines = readPaper(wall, typed.value);
  const ready = lines.some(({ cards }) => cards.length > 0);
  const make = async () => {
    const left = await makeFromPaper(() => newest.current, typed.value);
    if (left) typed.onInput(left);
    else await forget();
  };
  const cards = `/rounds/${wall.board.roundId}/cards${wall.team ? `/${wall.team.id}` : ""}`;
  return (
    <Sheet
      open
      title={t("debriefs.paper_wall")}
      onClose={onClose}
      actions={
        <Button look="primary" disabled={!ready} onPress={make}>
          {t("debriefs.make_groups")}
        </Button>
      }
    >
      <div class="stack">
        <p class="soft">{t("debriefs.paper_lead")}</p>
        <div>
          <LinkButton icon="print" href={cards}>
            {t("debriefs.print_cards")}
          </LinkButton>
        </div>
        <TextArea
          {...typed}
          label={t("debriefs.what_hangs")}
          hint={t("debriefs.what_hangs_hint")}
          rows={3}
          assist={false}
        />
        <ul class="paper-lines-read" aria-live="polite">
          {lines.map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
