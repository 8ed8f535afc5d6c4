/**
 * Predict: everyone writes in silence, then all is shown together, one or two are agreed,
 * and all are sealed with date and time until the revisit.
 *
 * Until they are shown, a screen has its own writer's predictions alone.
 */
import { useState } from "preact/hooks";
import {
  Banner,
  Button,
  Checkbox,
  LinkButton,
  Section,
  showToast,
  TextArea,
} from "../../components";
import { AskFirst } from "../../components/ask-first";
import { AGREED_PREDICTIONS, revisitDay } from "../../domain/improvement";
import { isRunning, type StepClock } from "../../domain/step-clock";
import { formatDate, formatMoment, t } from "../../i18n";
import { network, newId, remove, restore, save, type RecordView } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { meetsOnOf } from "../improvement/revisits";
import { sealedWords } from "../improvement/seal";
import { todayHere } from "../rounds/rounds";
import { useSavedWords, WordsField } from "../words/words-field";
import type { Board } from "./board";
import { SilentTime, useSilence } from "./step-time";

type Prediction = RecordView<"prediction">;

function at({ kind, id, scope }: Prediction) {
  return { kind, id, scope };
}

/** The one in the field is a prediction from its first word on; `onNext` begins another. */
function Writing({ board, id, onNext }: { board: Board; id: string; onNext: () => void }) {
  const place = { kind: "prediction", id, scope: board.scope, field: "text" } as const;
  const words = useSavedWords(place, (typed) => typed);
  const shown = board.debrief?.predictions_shown;
  return (
    <div class="stack">
      <TextArea
        label={t("debriefs.your_prediction")}
        hint={t(shown ? "debriefs.write_among_others" : "debriefs.write_in_silence")}
        {...words}
        rows={3}
      />
      <div>
        <Button icon="add" disabled={!words.value.trim()} onPress={onNext}>
          {t("debriefs.another_prediction")}
        </Button>
      </div>
    </div>
  );
}

async function takeAway({ kind, id }: Prediction): Promise<void> {
  await remove(kind, id);
  showToast({ text: t("debriefs.prediction_gone"), undo: () => restore(kind, id) });
}

/** What its writer wrote before, to go on with; nobody else sees it yet. */
function Mine({ predictions }: { predictions: readonly Prediction[] }) {
  return (
    <Section title={t("debriefs.mine_so_far")}>
      <ol class="own-predictions">
        {predictions.map((each, index) => (
          <li key={each.id}>
            <div class="stack">
              <WordsField
                {...at(each)}
                field="text"
                label={t("debriefs.nth_prediction", { number: index + 1 })}
                labelHidden
                long
                rows={1}
              />
              <DeletedThenEdited {...at(each)} />
            </div>
            <Button
              look="quiet"
              label={t("debriefs.take_prediction_away", { number: index + 1 })}
              onPress={() => takeAway(each)}
            >
              {t("debriefs.take_away")}
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function agree(prediction: Prediction, agreed: boolean): Promise<void> {
  return save("prediction", prediction.id, prediction.scope, { agreed });
}

function agreedCount(predictions: readonly Prediction[]): number {
  return predictions.filter(({ fields }) => fields.agreed === true).length;
}

function Together({ board, predictions }: { board: Board; predictions: readonly Prediction[] }) {
  const isFull = agreedCount(predictions) >= AGREED_PREDICTIONS;
  return (
    <Section title={t("debriefs.shown_together")}>
      <p class="soft">{t("debriefs.agree_on_one_or_two")}</p>
      <div class="stack">
        {predictions.map((prediction) => (
          <div key={prediction.id}>
            <Checkbox
              label={prediction.fields.text}
              checked={prediction.fields.agreed === true}
              disabled={!board.mayWrite || (isFull && prediction.fields.agreed !== true)}
              onChange={(agreed) => agree(prediction, agreed)}
            />
            <DeletedThenEdited {...at(prediction)} />
          </div>
        ))}
      </div>
    </Section>
  );
}

function putDebrief(board: Board, set: { predictions_shown?: boolean; sealed_at?: string }) {
  return save("debrief", board.debriefId, board.scope, set);
}

/** Three months on, where nobody chose a day. */
function proposedDay(board: Board): string {
  return revisitDay(board.round?.fields.visits_on ?? todayHere());
}

async function seal(board: Board): Promise<void> {
  await putDebrief(board, { sealed_at: new Date().toISOString() });
  if (board.revisit?.meets_on) return;
  await save("revisit", board.revisitId, board.scope, { meets_on: proposedDay(board) });
}

/** For good, so it asks; and it says for how long. */
function SealAll({ board, disabled }: { board: Board; disabled: boolean }) {
  const date = formatDate(meetsOnOf(board.roundId) ?? proposedDay(board));
  return (
    <AskFirst
      look="primary"
      icon="lock"
      disabled={disabled}
      act={t("debriefs.seal")}
      onAct={() => seal(board)}
    >
      <p>{t("debriefs.seal_sure", { date })}</p>
    </AskFirst>
  );
}

/**
 * How many have written, never who. While the silent minutes run it asks: they end for everybody
 * at once; afterwards it is what the step waits for.
 */
function ShowTogether({ board, clock, written }: Props & { written: readonly Prediction[] }) {
  const count = new Set(written.map(({ by }) => by)).size;
  const left = useSilence({ clock });
  const asks = isRunning(clock) && left > 0;
  return (
    <div class="stack">
      <p class="soft figures">{t("debriefs.have_written", { count })}</p>
      <div>
        <AskFirst
          icon="eye"
          look={left > 0 ? "plain" : "primary"}
          disabled={count === 0}
          act={t("debriefs.show_together")}
          asks={asks}
          onAct={() => putDebrief(board, { predictions_shown: true })}
        >
          <p>{t("debriefs.show_sure")}</p>
          <p class="soft figures">{t("debriefs.have_written", { count })}</p>
        </AskFirst>
      </div>
    </div>
  );
}

function LeadControls({ board, clock, written }: Props & { written: readonly Prediction[] }) {
  if (!board.mayLead) return null;
  if (!board.debrief?.predictions_shown) return <ShowTogether {...{ board, clock, written }} />;
  // Two tablets that agreed at once may have agreed on more.
  const agreed = agreedCount(board.predictions);
  return (
    <div class="stack">
      {agreed > AGREED_PREDICTIONS && <p>{t("debriefs.more_than_two_agreed")}</p>}
      <div>
        <SealAll board={board} disabled={agreed === 0 || agreed > AGREED_PREDICTIONS} />
      </div>
    </div>
  );
}

function InSilence({ board, under }: { board: Board; under: string }) {
  const me = network.value?.member_id;
  const mine = board.predictions.filter((each) => each.by === me && each.id !== under);
  if (mine.length === 0) return null;
  return <Mine predictions={mine} />;
}

function Sealed({ board }: { board: Board }) {
  const opened = board.revisit?.opened_at;
  return (
    <Banner
      icon={opened ? "eye" : "lock"}
      action={
        board.debrief?.closed_at && (
          <LinkButton href={`/rounds/${board.roundId}/revisit`}>
            {t("debriefs.to_revisit")}
          </LinkButton>
        )
      }
    >
      {opened
        ? t("debriefs.seal_opened", { moment: formatMoment(opened) })
        : sealedWords(board.debrief?.sealed_at, meetsOnOf(board.roundId))}
    </Banner>
  );
}

interface Props {
  board: Board;
  clock: StepClock;
}

export function Predictions({ board, clock }: Props) {
  const { debrief } = board;
  const [under, setUnder] = useState(newId);
  if (debrief?.sealed_at) return <Sealed board={board} />;
  const written = board.predictions.filter((each) => each.fields.text.trim() !== "");
  const next = () => setUnder(newId());
  return (
    <div class="stack-wide">
      {!debrief?.predictions_shown && <SilentTime clock={clock} />}
      {board.mayWrite && <Writing key={under} board={board} id={under} onNext={next} />}
      {debrief?.predictions_shown ? (
        <Together board={board} predictions={written} />
      ) : (
        board.mayWrite && <InSilence board={board} under={under} />
      )}
      <div>
        <LeadControls {...{ board, clock, written }} />
      </div>
    </div>
  );
}
