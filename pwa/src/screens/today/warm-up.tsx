/**
 * Two minutes before a visit: could a camera have seen it? Eight lines to think about, and one
 * to write, which is also what tries this device's disk.
 *
 * Nothing is counted, right or wrong, and nobody is praised; only the last line is kept, on
 * this device alone.
 */
import { useState } from "preact/hooks";
import { Banner, Button, TextField, useAsking } from "../../components";
import { t } from "../../i18n";
import { writeTestLine } from "../../state";
import { useDraft } from "../words/draft";

const LINES = [
  { name: "one", seen: true },
  { name: "two", seen: false },
  { name: "three", seen: true },
  { name: "four", seen: false },
  { name: "five", seen: true },
  { name: "six", seen: false },
  { name: "seven", seen: true },
  { name: "eight", seen: false },
] as const;

export function WarmUp() {
  const [at, setAt] = useState(0);
  const line = LINES[at];
  if (!line) return <OwnLine />;
  return <OneLine key={at} {...line} onNext={() => setAt(at + 1)} />;
}

type OneLineProps = (typeof LINES)[number] & { onNext: () => void };

function OneLine({ name, seen, onNext }: OneLineProps) {
  const [thought, setThought] = useState(false);
  return (
    <div class="stack">
      {name === "one" && <p class="soft">{t("rounds.warm_up.lead")}</p>}
      <p class="warm-up-line">{t(`rounds.warm_up.${name}`)}</p>
      {thought ? (
        <>
          <p role="status">
            {seen ? t("rounds.warm_up.it_could") : t("rounds.warm_up.it_could_not")}{" "}
            {t(`rounds.warm_up.${name}_why`)}
          </p>
          <Button look="primary" onPress={onNext}>
            {t("rounds.warm_up.next")}
          </Button>
        </>
      ) : (
        <div class="warm-up-answers">
          <Button onPress={() => setThought(true)}>{t("rounds.warm_up.yes")}</Button>
          <Button onPress={() => setThought(true)}>{t("rounds.warm_up.no")}</Button>
        </div>
      )}
    </div>
  );
}

function OwnLine() {
  const { forget, ...line } = useDraft("warm_up");
  const [read, setRead] = useState<string>();
  const asking = useAsking();
  const keep = () =>
    asking.run(async () => {
      setRead(await writeTestLine(line.value));
      await forget();
    });
  if (read !== undefined) {
    return (
      <div class="stack" role="status">
        <p>{t("rounds.warm_up.kept")}</p>
        <p class="warm-up-line">{read}</p>
      </div>
    );
  }
  return (
    <div class="stack">
      <TextField
        label={t("rounds.warm_up.own")}
        hint={t("rounds.warm_up.own_hint")}
        {...line}
        onEnter={keep}
        assist={false}
      />
      {asking.error !== undefined && (
        <Banner tone="careful" icon="careful" urgent>
          {t("rounds.warm_up.not_kept")}
        </Banner>
      )}
      <Button look="primary" disabled={line.value.trim() === "" || asking.waiting} onPress={keep}>
        {t("rounds.warm_up.keep")}
      </Button>
    </div>
  );
}
