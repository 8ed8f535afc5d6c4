/**
 * The same-day word to the staff, at ten past three: thanks, what happens next, and when they
 * will hear. It holds no finding. Written without a network too; the host sends it in their own
 * way.
 */
import { useRoute } from "preact-iso";
import { Banner, Button, Empty, PrintSheet, Screen, Section, showToast } from "../../components";
import { wordsToCheck } from "../../domain/names-check";
import { formatDate, language, t } from "../../i18n";
import { derivedId, may, record, save } from "../../state";
import { PickedField, WordsField } from "../words/words-field";
import { NamesCheck } from "./names-check";
import "./debriefs.css";

function usualWords(hearOn: string | null): string {
  const when = hearOn
    ? t("debriefs.same_day_hear_on", { date: formatDate(hearOn) })
    : t("debriefs.same_day_hear_soon");
  return [t("debriefs.same_day_thanks"), t("debriefs.same_day_next"), when].join("\n\n");
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  showToast({ text: t("debriefs.same_day_copied") });
}

interface Word {
  id: string;
  scope: string;
  /** What the host wrote; empty while the usual words stand. */
  own: string;
  text: string;
  open: string[];
}

function wordOf(roundId: string): Word {
  const id = derivedId(roundId, "summary");
  const fields = record("return_summary", id).value?.fields;
  const own = fields?.same_day_word ?? "";
  const text = own.trim() || usualWords(fields?.hear_on ?? null);
  const looked = fields?.not_a_person ?? new Set<string>();
  const open = own.trim() ? wordsToCheck([own], looked, language.value) : [];
  return { id, scope: `round:${roundId}`, own, text, open };
}

/** It leaves with the line that every print carries (rule 13). */
function Leaving({ word }: { word: Word }) {
  const whole = `${word.text}\n\n${t("app.print_line")}`;
  const waits = word.open.length > 0;
  return (
    <div class="cluster no-print">
      {"share" in navigator && (
        <Button
          look="primary"
          icon="share"
          disabled={waits}
          onPress={() => navigator.share({ text: whole })}
        >
          {t("open_page.share")}
        </Button>
      )}
      <Button icon="copy" disabled={waits} onPress={() => copy(whole)}>
        {t("debriefs.same_day_copy")}
      </Button>
      <Button icon="print" disabled={waits} onPress={() => window.print()}>
        {t("debriefs.print_summary")}
      </Button>
    </div>
  );
}

function Writing({ word }: { word: Word }) {
  const place = { kind: "return_summary", id: word.id, scope: word.scope } as const;
  const put = (set: { same_day_word: string }) => save("return_summary", word.id, word.scope, set);
  return (
    <div class="stack-wide no-print">
      <PickedField
        {...place}
        field="hear_on"
        type="date"
        label={t("debriefs.same_day_when")}
        hint={t("debriefs.same_day_when_hint")}
      />
      {word.own ? (
        <WordsField {...place} field="same_day_word" long rows={8} label={t("debriefs.same_day")} />
      ) : (
        <div>
          <Button icon="edit" onPress={() => put({ same_day_word: word.text })}>
            {t("debriefs.same_day_change")}
          </Button>
        </div>
      )}
      {word.open.length > 0 && (
        <NamesCheck
          texts={[{ text: word.own, replace: (text) => put({ same_day_word: text }) }]}
          words={word.open}
          onNobody={(slug) =>
            save("return_summary", word.id, word.scope, { [`not_a_person/${slug}`]: true })
          }
        />
      )}
    </div>
  );
}

export default function SameDayScreen() {
  const roundId = useRoute().params["round"] ?? "";
  const round = record("round", roundId).value;
  const word = wordOf(roundId);
  const back = { href: `/rounds/${roundId}`, label: round?.fields.title ?? t("app.rounds") };
  const mayWrite = may("return_summary", word.scope, ["same_day_word"]);
  return (
    <Screen title={t("debriefs.same_day")} lead={t("debriefs.same_day_lead")} back={back}>
      {!mayWrite ? (
        <Empty>{t("debriefs.same_day_host")}</Empty>
      ) : (
        <div class="stack-wide">
          <Writing word={word} />
          <div class="same-day-paper">
            <Section title={t("debriefs.same_day_read")}>
              <PrintSheet>
                <p class="summary-words">{word.text}</p>
              </PrintSheet>
            </Section>
          </div>
          {word.open.length > 0 && <Banner icon="careful">{t("debriefs.names_first")}</Banner>}
          <Leaving word={word} />
        </div>
      )}
    </Screen>
  );
}
