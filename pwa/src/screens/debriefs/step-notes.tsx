/**
 * What documenters write of a step, each a text of their own, so that nobody types into
 * another's. It lies where the host does not look (rule 15).
 */
import { Button } from "../../components";
import { t } from "../../i18n";
import { derivedId, list, may, network, record, save } from "../../state";
import { WordsField } from "../words/words-field";
import type { Board } from "./board";

export function StepNotes({ board, step }: { board: Board; step: string }) {
  const scope = `visitors:${board.roundId}`;
  const mine = derivedId(step, `note:${network.value?.member_id ?? ""}`);
  const written = list("step_note", scope).value.filter(
    ({ id, fields }) => fields.step === step && id !== mine && fields.text.trim(),
  );
  const writes = may("step_note", scope);
  if (!writes && written.length === 0) return null;
  return (
    <details class="step-notes">
      <summary>{t("debriefs.documented")}</summary>
      <div class="stack">
        {writes && <OwnNotes {...{ scope, step, id: mine }} />}
        {written.map(({ id, fields }) => (
          <p key={id} class="as-written">
            {fields.text}
          </p>
        ))}
      </div>
    </details>
  );
}

function OwnNotes({ scope, step, id }: { scope: string; step: string; id: string }) {
  if (!record("step_note", id).value) {
    const begin = () => save("step_note", id, scope, { step, text: "" });
    return (
      <div>
        <Button icon="edit" onPress={begin}>
          {t("debriefs.write_on_step")}
        </Button>
      </div>
    );
  }
  const label = t("debriefs.your_notes_on_step");
  const hint = t("debriefs.documented_hint");
  return <WordsField kind="step_note" {...{ id, scope, label, hint }} field="text" long />;
}
