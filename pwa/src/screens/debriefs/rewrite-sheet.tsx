/** A card in other words: kept as it is typed, and a card of its own once the team agrees. */
import { Button, Sheet, showToast } from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import { WordsField } from "../words/words-field";
import type { Board, Card } from "./board";
import { agreeOnRewrite, rewrittenId } from "./dots";

interface Props {
  board: Board;
  card: Card;
  onClose: () => void;
}

export function RewriteSheet({ board, card, onClose }: Props) {
  const id = rewrittenId(card.id);
  const words = record("card", id).value?.fields.text.trim() ?? "";
  const agree = async () => {
    await agreeOnRewrite(board, card);
    onClose();
    showToast({ text: t("debriefs.rewritten") });
  };
  const ready = words !== "" && words !== card.fields.text.trim();
  return (
    <Sheet
      open
      title={t("debriefs.rewrite_title")}
      onClose={onClose}
      actions={
        <Button look="primary" icon="check" disabled={!ready} onPress={agree}>
          {t("debriefs.agree_on_words")}
        </Button>
      }
    >
      <div class="stack">
        <p class="soft">{t("debriefs.rewrite_lead")}</p>
        <div>
          <p class="field-label">{t("debriefs.before")}</p>
          <p class="as-written">{card.fields.text}</p>
        </div>
        <WordsField
          kind="card"
          id={id}
          scope={board.scope}
          field="text"
          label={t("debriefs.new_words")}
          long
        />
      </div>
    </Sheet>
  );
}
