/**
 * In the library, after the visits: sort each line, walk through the questions, choose, post.
 * Four steps that anybody may go through in any order, and back.
 */
import { useRoute } from "preact-iso";
import { useLayoutEffect, useState } from "preact/hooks";
import { Choice, Empty, LinkButton, Screen } from "../../components";
import { t } from "../../i18n";
import { record } from "../../state";
import { ChooseStep } from "./choose-step";
import { memberId } from "./day";
import { openNudges } from "./nudge-question";
import { PostStep } from "./post-step";
import { QuestionsStep } from "./questions-step";
import { SortStep } from "./sort-step";
import { STEPS, type Step, type StepProps } from "./steps";
import { notesOf, type NoteView } from "./own-notes";
import "./evidence.css";

/** Where to begin: with what is still open. */
function firstStep(notes: readonly NoteView[]): Step {
  if (notes.some((note) => !note.fields.element)) return "sort";
  if (notes.some((note) => openNudges(note).length > 0)) return "questions";
  return notes.some((note) => note.fields.chosen) ? "post" : "choose";
}

export default function Review() {
  const { round = "" } = useRoute().params;
  const notes = notesOf(round, memberId()).filter((note) => note.fields.text.trim() !== "");
  const [chosen, setStep] = useState<Step | null>(null);
  const [began] = useState(() => firstStep(notes));
  const step = chosen ?? began;
  // A step begins at its top, wherever the one before it was left.
  useLayoutEffect(() => {
    if (chosen) scrollTo(0, 0);
  }, [chosen]);
  const title = record("round", round).value?.fields.title;
  const props: StepProps = { round, notes, onGo: setStep };
  return (
    <Screen
      title={t("evidence.review_title")}
      back={{ href: `/rounds/${round}`, label: title || t("app.rounds") }}
    >
      {notes.length === 0 ? (
        <Empty action={<LinkButton href="/">{t("app.to_today")}</LinkButton>}>
          {t("evidence.no_notes")}
        </Empty>
      ) : (
        <div class="review">
          <Choice<Step>
            label={t("evidence.steps")}
            labelHidden
            options={STEPS.map((each) => ({ value: each, label: t(`evidence.step_${each}`) }))}
            value={step}
            onChange={setStep}
          />
          {step === "sort" && <SortStep {...props} />}
          {step === "questions" && <QuestionsStep {...props} />}
          {step === "choose" && <ChooseStep {...props} />}
          {step === "post" && <PostStep {...props} />}
          <p>
            <a href={`/rounds/${round}/notes`}>{t("evidence.my_notes")}</a>
          </p>
        </div>
      )}
    </Screen>
  );
}
