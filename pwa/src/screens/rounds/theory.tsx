/** The theory of action: if / then / so that. A new version is a new record; earlier ones stay. */
import { useState } from "preact/hooks";
import { Button, Empty } from "../../components";
import { t } from "../../i18n";
import { may, save, serverNow, type RecordView } from "../../state";
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
function beginVersion(plan: RoundPlan): Promise<string> {
  const last = plan.theories[0]?.fields;
  const set = {
    version: (last?.version ?? 0) + 1,
    begun_at: new Date(serverNow()).toISOString(),
    if_text: last?.if_text ?? "",
    then_text: last?.then_text ?? "",
    so_that_text: last?.so_that_text ?? "",
  };
  return makeOnce("theory_of_action", plan.scope, (id) =>
    save("theory_of_action", id, plan.scope, set),
  );
}

/** While a round is planned its theory is written: what stands in the fields is the version. */
export function TheoryPart({ plan }: { plan: RoundPlan }) {
  const writes = may("theory_of_action", plan.scope);
  const [now, ...earlier] = plan.theories;
  if (!now) return <NoTheory plan={plan} />;
  return (
    <div class="stack-wide">
      <div class="stack">
        <p class="soft label">{t("rounds.theory.hint")}</p>
        <h2>{t("rounds.theory.now", { number: now.fields.version ?? 1 })}</h2>
        <TheoryFields theory={now} />
        {writes && <NewVersion onBegin={() => beginVersion(plan)} />}
      </div>
      <Earlier theories={earlier} />
    </div>
  );
}

interface RevisitedProps {
  plan: RoundPlan;
  /** When it began to be looked at again: what was begun since is new here, on every device. */
  since: string | null | undefined;
}

function isBegunSince({ fields }: Theory, since: string | null | undefined): boolean {
  return Date.parse(fields.begun_at ?? "") >= Date.parse(since ?? "");
}

/**
 * Once a round has tested it, its theory is read, and what is written is the next version: a
 * word changed here must not change what was tested. The next one is corrected where it stands.
 */
export function TheoryRevisited({ plan, since }: RevisitedProps) {
  const writes = may("theory_of_action", plan.scope);
  const [begun, setBegun] = useState<string | null>(null);
  const [now, ...earlier] = plan.theories;
  if (!now) return <NoTheory plan={plan} onBegun={setBegun} />;
  const number = now.fields.version ?? 1;
  if (now.id === begun || isBegunSince(now, since)) {
    return (
      <div class="stack-wide">
        {earlier[0] && <ReadVersion theory={earlier[0]} />}
        <div class="stack">
          <h3>{t("rounds.theory.new", { number })}</h3>
          <TheoryFields theory={now} />
        </div>
        <Earlier theories={earlier.slice(1)} />
      </div>
    );
  }
  return (
    <div class="stack-wide">
      <ReadVersion theory={now} isNow />
      {writes && <NewVersion onBegin={async () => setBegun(await beginVersion(plan))} />}
      <Earlier theories={earlier} />
    </div>
  );
}

function NoTheory(props: { plan: RoundPlan; onBegun?: (id: string) => void }) {
  const { plan, onBegun } = props;
  const writes = may("theory_of_action", plan.scope);
  const begin = async () => onBegun?.(await beginVersion(plan));
  const action = (
    <Button look="primary" onPress={begin}>
      {t("rounds.theory.begin")}
    </Button>
  );
  return (
    <Empty action={writes && action}>
      {t(writes ? "rounds.theory.hint" : "rounds.theory.none")}
    </Empty>
  );
}

function ReadVersion({ theory: { fields }, isNow }: { theory: Theory; isNow?: boolean }) {
  const number = fields.version ?? 1;
  return (
    <div class="stack">
      <h3>{t(isNow ? "rounds.theory.now" : "rounds.theory.version", { number })}</h3>
      <TheoryWords fields={fields} />
    </div>
  );
}

function TheoryFields({ theory: { id, kind, scope } }: { theory: Theory }) {
  return (
    <>
      {FIELDS.map(([field, words]) => (
        <WordsField
          key={`${id}/${field}`}
          {...{ kind, id, scope, field }}
          label={t(words)}
          long
          rows={2}
        />
      ))}
    </>
  );
}

function NewVersion({ onBegin }: { onBegin: () => Promise<unknown> }) {
  return (
    <div class="cluster">
      <Button icon="add" onPress={onBegin}>
        {t("rounds.theory.new_version")}
      </Button>
      <span class="soft label">{t("rounds.theory.new_version_hint")}</span>
    </div>
  );
}

function Earlier({ theories }: { theories: readonly Theory[] }) {
  if (theories.length === 0) return null;
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
