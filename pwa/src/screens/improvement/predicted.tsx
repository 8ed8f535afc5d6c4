/** What was predicted, once the seal was opened, and what was seen of it. */
import { Section } from "../../components";
import { PREDICTION_SEENS } from "../../generated/records";
import { t } from "../../i18n";
import { may, type RecordView } from "../../state";
import type { Board } from "../debriefs/board";
import { ChoiceField } from "../words/chosen-field";
import { WordsField } from "../words/words-field";

type Prediction = RecordView<"prediction">;

function Predicted({ prediction, number }: { prediction: Prediction; number: number }) {
  const place = { kind: prediction.kind, id: prediction.id, scope: prediction.scope };
  return (
    <li class="predicted keep-together">
      <blockquote>{prediction.fields.text}</blockquote>
      <ChoiceField
        {...place}
        field="seen"
        label={t("improvement.predicted_one", { number })}
        options={PREDICTION_SEENS.map((value) => ({
          value,
          label: t(`vocabulary.prediction_seen.${value}`),
        }))}
        value={prediction.fields.seen}
        disabled={!may("prediction", prediction.scope)}
      />
      <WordsField {...place} field="seen_text" long rows={2} label={t("improvement.seen_text")} />
    </li>
  );
}

export function WhatWasPredicted({ board }: { board: Board }) {
  const written = board.predictions.filter((each) => each.fields.text.trim());
  const others = written.filter((each) => !each.fields.agreed);
  return (
    <Section title={t("improvement.predicted")}>
      <p class="soft">{t("debriefs.prediction_question")}</p>
      <ol class="predictions-seen">
        {written
          .filter((each) => each.fields.agreed)
          .map((each, index) => (
            <Predicted key={each.id} prediction={each} number={index + 1} />
          ))}
      </ol>
      {others.length > 0 && (
        <details class="fold">
          <summary>{t("improvement.other_predictions")}</summary>
          <ul class="summary-statements">
            {others.map((each) => (
              <li key={each.id}>{each.fields.text}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
