/**
 * The norms of the visit: written by the planners, read and agreed to by everybody who comes.
 *
 * Who agreed is a record of its own for each member; nobody agrees for somebody else.
 */
import { useState } from "preact/hooks";
import { Button, Choice, Icon, List, Row, showToast } from "../../components";
import { LANGUAGES, language, t, type Key, type Language } from "../../i18n";
import { derivedId, may, remove } from "../../state";
import { memberName } from "../names";
import { useWords, type Words } from "./in-language";
import { OrderedLines, ReadLines } from "./ordered-lines";
import { saveAnew } from "../revive";
import { isVisitor, nextOrder, partIn, type RoundPlan } from "./round-plan";

const DEFAULTS = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;
const DEVICES = "devices";

function defaultNorm(words: Words, name: (typeof DEFAULTS)[number] | typeof DEVICES): string {
  return words.t(`rounds.norms.default.${name}`);
}

/** Each default norm has one id in a round: begun on two tablets, it is there once. */
function defaultId(plan: RoundPlan, name: string): string {
  return derivedId(plan.id, `norm:${name}`);
}

async function beginWith(plan: RoundPlan, words: Words): Promise<void> {
  for (const [index, name] of DEFAULTS.entries()) {
    const set = { text: defaultNorm(words, name), order: index + 1 };
    await saveAnew("norm", defaultId(plan, name), plan.scope, set);
  }
}

export function NormsPart({ plan }: { plan: RoundPlan }) {
  const writes = may("norm", plan.scope);
  if (writes && plan.norms.length === 0) return <OfferNorms plan={plan} />;
  return (
    <div class="stack-wide">
      {writes ? <WrittenNorms plan={plan} /> : <NormsToRead plan={plan} />}
      <Agree plan={plan} />
      {writes && <WhoAgreed plan={plan} />}
    </div>
  );
}

function NormsToRead({ plan }: { plan: RoundPlan }) {
  if (plan.norms.length === 0) return <p class="soft">{t("rounds.norms.none_read")}</p>;
  return <ReadLines lines={plan.norms} />;
}

const LANGUAGE_NAMES: Record<Language, string> = { en: "English", es: "Español" };

interface PickLanguageProps {
  label: Key;
  value: Language;
  onChange: (language: Language) => void;
}

/** A language by its own name, as its speakers look for it. */
export function PickLanguage({ label, value, onChange }: PickLanguageProps) {
  return (
    <Choice
      label={t(label)}
      options={LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] }))}
      value={value}
      onChange={onChange}
    />
  );
}

function OfferNorms({ plan }: { plan: RoundPlan }) {
  const [wanted, setWanted] = useState<Language>(language.value);
  const words = useWords(wanted);
  return (
    <div class="stack">
      <p class="soft">{t("rounds.norms.none")}</p>
      <PickLanguage label="rounds.norms.offer_language" value={wanted} onChange={setWanted} />
      {words && (
        <>
          <ol class="read-lines" lang={wanted}>
            {DEFAULTS.map((name) => (
              <li key={name}>{defaultNorm(words, name)}</li>
            ))}
          </ol>
          <div>
            <Button look="primary" onPress={() => beginWith(plan, words)}>
              {t("rounds.norms.offer")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function WrittenNorms({ plan }: { plan: RoundPlan }) {
  return (
    <div class="stack">
      <p class="soft">{t("rounds.norms.hint")}</p>
      <OrderedLines
        kind="norm"
        plan={plan}
        lines={plan.norms}
        nth={(number) => t("rounds.norms.nth", { number })}
        add={t("rounds.norms.add")}
        removed={t("rounds.norms.removed")}
      />
      <DevicesLine plan={plan} />
    </div>
  );
}

/** One line that lets people write on tablets where norms forbid phones. */
function DevicesLine({ plan }: { plan: RoundPlan }) {
  const words = useWords(language.value);
  const id = defaultId(plan, DEVICES);
  if (!words || plan.norms.some((norm) => norm.id === id)) return null;
  const set = { text: defaultNorm(words, DEVICES), order: nextOrder(plan.norms) };
  return (
    <div class="stack aside">
      <p class="label">{t("rounds.norms.devices_hint")}</p>
      <p class="as-written">{set.text}</p>
      <div>
        <Button onPress={() => saveAnew("norm", id, plan.scope, set)}>
          {t("rounds.norms.add_devices")}
        </Button>
      </div>
    </div>
  );
}

function Agree({ plan }: { plan: RoundPlan }) {
  const { me, visits, agreed } = partIn(plan);
  const id = derivedId(`${plan.id}:norms`, me);
  if (plan.norms.length === 0) return null;
  if (agreed) {
    return (
      <p class="norms-agreed">
        <Icon name="check" />
        {t("rounds.norms.agreed")}
      </p>
    );
  }
  if (!visits || !may("norms_agreement", plan.scope)) return null;
  const agree = async () => {
    const agreed_at = new Date().toISOString();
    await saveAnew("norms_agreement", id, plan.scope, { member: me, agreed_at });
    showToast({ text: t("rounds.norms.agreed"), undo: () => remove("norms_agreement", id) });
  };
  return (
    <div>
      <Button look="primary" icon="check" onPress={agree}>
        {t("rounds.norms.agree")}
      </Button>
    </div>
  );
}

function WhoAgreed({ plan }: { plan: RoundPlan }) {
  const agreed = new Set(plan.agreements.map((each) => each.fields.member));
  const visitors = plan.participants.filter(isVisitor).map((each) => each.fields.member);
  if (visitors.length === 0) return null;
  const waiting = visitors.filter((member) => !agreed.has(member)).map(memberName);
  const done = visitors.filter((member) => agreed.has(member)).map(memberName);
  return (
    <section class="section">
      <h2>{t("rounds.norms.who")}</h2>
      <List label={t("rounds.norms.who")}>
        {done.length > 0 && (
          <Row title={t("rounds.norms.who_agreed")} detail={done.sort().join(", ")} />
        )}
        {waiting.length > 0 ? (
          <Row title={t("rounds.norms.who_not_yet")} detail={waiting.sort().join(", ")} />
        ) : (
          <Row title={t("rounds.norms.all_agreed")} />
        )}
      </List>
      <p class="soft label">{t("rounds.norms.reset_note")}</p>
    </section>
  );
}
