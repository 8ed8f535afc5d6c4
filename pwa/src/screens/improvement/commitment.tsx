/**
 * What I will do before we meet again. It lies in its writer's own space: whoever wants to
 * says it aloud. It comes back to its writer, and to nobody else.
 */
import { Button, Section } from "../../components";
import { CHECK_BACKS } from "../../generated/records";
import { t } from "../../i18n";
import { derivedId, network, record, type RecordView } from "../../state";
import { saveAnew } from "../revive";
import { ChoiceField } from "../words/chosen-field";
import { WordsField } from "../words/words-field";

function me(): string {
  return network.value?.member_id ?? "";
}

/** Made from the round's and the member's: begun on two tablets, it is one. */
function commitmentId(roundId: string): string {
  return derivedId(roundId, `commitment:${me()}`);
}

export function commitmentOf(roundId: string): RecordView<"commitment"> | undefined {
  const found = record("commitment", commitmentId(roundId)).value;
  return found?.fields.text.trim() ? found : undefined;
}

export function OwnCommitment({ roundId }: { roundId: string }) {
  const id = commitmentId(roundId);
  const scope = `own:${me()}`;
  const begun = record("commitment", id).value;
  const begin = () => saveAnew("commitment", id, scope, { round: roundId, text: "" });
  return (
    <Section title={t("improvement.commitment")}>
      <p class="soft">{t("improvement.commitment_lead")}</p>
      {begun ? (
        <WordsField
          {...{ kind: "commitment", id, scope }}
          field="text"
          label={t("improvement.commitment")}
          labelHidden
          long
        />
      ) : (
        <div>
          <Button icon="edit" onPress={begin}>
            {t("improvement.commitment_write")}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** When the network meets again: the words as they were written, and what became of them. */
export function CommitmentBack({ roundId }: { roundId: string }) {
  const found = commitmentOf(roundId);
  if (!found) return null;
  const { kind, id, scope, fields } = found;
  return (
    <div class="no-print">
      <Section title={t("improvement.commitment_back")}>
        <p class="as-written">{fields.text}</p>
        <ChoiceField
          {...{ kind, id, scope }}
          field="outcome"
          label={t("improvement.became")}
          options={CHECK_BACKS.map((value) => ({
            value,
            label: t(`vocabulary.check_back.${value}`),
          }))}
          value={fields.outcome}
        />
        <p class="soft label">{t("improvement.commitment_yours")}</p>
      </Section>
    </div>
  );
}
