/** The theory of action: if / then / so that. A new version is a new record; earlier ones stay. */
import { Button, Empty } from "../../components";
import { t } from "../../i18n";
import { may, save, type RecordView } from "../../state";
import { makeOnce } from "../making";
import type { RoundPlan } from "./round-plan";
import { WordsField } from "../words/words-field";

type Theory = RecordView<"theory_of_action">;

const FIELDS = [
  ["if_text", "rounds.theory.if"],
  ["then_text", "rounds.theory.then"],
  ["so_that_text", "rounds.theory.so_that"],
] as const;

/** The next version begins with the words of the last, to be changed. */
async function beginVersion(plan: RoundPlan): Promise<void> {
  const last = plan.theories[0]?.fields;
  const set = {
    version: (last?.version ?? 0) + 1,
    if_text: last?.if_text ?? "",
    then_text: last?.then_text ?? "",
    so_that_text: last?.so_that_text ?? "",
  };
  await makeOnce("theory_of_action", plan.scope, (id) =>
    save("theory_of_action", id, plan.scope, set),
  );
}

export function TheoryPart({ plan }: { plan: RoundPlan }) {
  const writes = may("theory_of_action", plan.scope);
  const [now, ...earlier] = plan.theories;
  if (!now) {
    return (
      <Empty
        action={
          writes && (
            <Button look="primary" onPress={() => beginVersion(plan)}>
              {t("rounds.theory.begin")}
            </Button>
          )
        }
      >
        {t(writes ? "rounds.theory.hint" : "rounds.theory.none")}
      </Empty>
    );
  }
  return (
    <div class="stack-wide">
      <div class="stack">
        <p class="soft label">{t("rounds.theory.hint")}</p>
        <h2>{t("rounds.theory.now", { number: now.fields.version ?? 1 })}</h2>
        {FIELDS.map(([field, words]) => (
          <WordsField
            key={`${now.id}/${field}`}
            kind="theory_of_action"
            id={now.id}
            scope={plan.scope}
            field={field}
            label={t(words)}
            long
            rows={2}
          />
        ))}
        {writes && <NewVersion plan={plan} />}
      </div>
      {earlier.length > 0 && <Earlier theories={earlier} />}
    </div>
  );
}

function NewVersion({ plan }: { plan: RoundPlan }) {
  return (
    <div class="cluster">
      <Button icon="add" onPress={() => beginVersion(plan)}>
        {t("rounds.theory.new_version")}
      </Button>
      <span class="soft label">{t("rounds.theory.new_version_hint")}</span>
    </div>
  );
}

function Earlier({ theories }: { theories: readonly Theory[] }) {
  return (
    <section class="section">
      <h2>{t("rounds.theory.earlier")}</h2>
      {theories.map(({ id, fields }) => (
        <details key={id} class="fold">
          <summary>{t("rounds.theory.version", { number: fields.version ?? 1 })}</summary>
          <TheoryWords fields={fields} />
        </details>
      ))}
    </section>
  );
}

/** One version as a sentence of three lines. */
export function TheoryWords({ fields }: Pick<Theory, "fields">) {
  return (
    <div class="stack">
      {FIELDS.map(([field, words]) => (
        <p key={field}>
          <strong>{t(words)}</strong> {fields[field]}
        </p>
      ))}
    </div>
  );
}
