/**
 * Predict: everyone writes in silence, then all is shown together, one or two are agreed,
 * and all are sealed with date and time until the revisit.
 *
 * Until they are shown, a screen has its own writer's predictions alone.
 */
import { useState } from "preact/hooks";
import { Banner, Button, Checkbox, Empty, List, Row, Section, TextArea } from "../../components";
import { formatMoment, t } from "../../i18n";
import { network, newId, save, type RecordView } from "../../state";
import type { Board } from "./board";

type Prediction = RecordView<"prediction">;

async function write(board: Board, text: string): Promise<void> {
  await save("prediction", newId(), board.scope, { text: text.trim(), agreed: false });
}

function Writing({ board }: { board: Board }) {
  const [text, setText] = useState("");
  const add = () => {
    setText("");
    return write(board, text);
  };
  return (
    <div class="stack">
      <TextArea label={t("debriefs.your_prediction")} value={text} onInput={setText} rows={3} />
      <div>
        <Button icon="add" disabled={!text.trim()} onPress={add}>
          {t("debriefs.add_prediction")}
        </Button>
      </div>
    </div>
  );
}

function agree(prediction: Prediction, agreed: boolean): Promise<void> {
  return save("prediction", prediction.id, prediction.scope, { agreed });
}

function Together({ board, predictions }: { board: Board; predictions: readonly Prediction[] }) {
  return (
    <Section title={t("debriefs.shown_together")}>
      <p class="soft">{t("debriefs.agree_on_one_or_two")}</p>
      <div class="stack">
        {predictions.map((prediction) => (
          <Checkbox
            key={prediction.id}
            label={prediction.fields.text}
            checked={prediction.fields.agreed === true}
            disabled={!board.mayWrite}
            onChange={(agreed) => agree(prediction, agreed)}
          />
        ))}
      </div>
    </Section>
  );
}

function putDebrief(board: Board, set: { predictions_shown?: boolean; sealed_at?: string }) {
  return save("debrief", board.debriefId, board.scope, set);
}

function LeadControls({ board, any }: { board: Board; any: boolean }) {
  if (!board.mayLead) return null;
  if (!board.debrief?.predictions_shown) {
    return (
      <Button
        icon="eye"
        disabled={!any}
        onPress={() => putDebrief(board, { predictions_shown: true })}
      >
        {t("debriefs.show_together")}
      </Button>
    );
  }
  return (
    <Button
      icon="lock"
      disabled={!board.predictions.some((each) => each.fields.agreed)}
      onPress={() => putDebrief(board, { sealed_at: new Date().toISOString() })}
    >
      {t("debriefs.seal")}
    </Button>
  );
}

export function Predictions({ board }: { board: Board }) {
  const { debrief, predictions } = board;
  if (debrief?.sealed_at) {
    return (
      <Banner icon="lock">
        {t("debriefs.sealed", { moment: formatMoment(debrief.sealed_at) })}
      </Banner>
    );
  }
  const me = network.value?.member_id;
  const mine = predictions.filter((each) => each.by === me);
  const shown = debrief?.predictions_shown === true;
  return (
    <div class="stack-wide">
      <p class="debrief-question">{t("debriefs.prediction_question")}</p>
      {board.mayWrite && <Writing board={board} />}
      {shown ? (
        <Together board={board} predictions={predictions} />
      ) : mine.length === 0 ? (
        <Empty>{t("debriefs.write_in_silence")}</Empty>
      ) : (
        <List label={t("debriefs.mine_so_far")}>
          {mine.map((each) => (
            <Row key={each.id} title={each.fields.text} detail={t("debriefs.seen_by_you_alone")} />
          ))}
        </List>
      )}
      <div>
        <LeadControls board={board} any={predictions.length > 0} />
      </div>
    </div>
  );
}
