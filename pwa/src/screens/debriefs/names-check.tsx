/**
 * The name check: every word that may name a person, a room or a time, once. It is replaced
 * in the text, or somebody says that it names nobody. What was not looked at does not leave.
 */
import { Banner, Button, List, Row, Section } from "../../components";
import { findIdentities, replaceIdentities } from "../../domain/identity";
import { wordSlug } from "../../domain/names-check";
import { formatList, language, t } from "../../i18n";

/** A text that would leave, and how its owner rewrites it. */
export interface Checked {
  text: string;
  replace: (text: string) => Promise<void>;
}

interface Props {
  texts: readonly Checked[];
  words: readonly string[];
  onNobody: (slug: string) => Promise<void>;
}

interface ReplaceProps {
  texts: readonly Checked[];
  word: string;
}

/** A word with a capital may be a place as well: what stands instead of it claims nobody. */
function findingsOf(text: string, word: string) {
  const options = { language: language.value, untitled: t("debriefs.name_left_out") };
  return findIdentities(text, options).filter((each) => wordSlug(each.text) === wordSlug(word));
}

async function replaceEverywhere(texts: readonly Checked[], word: string): Promise<void> {
  for (const { text, replace } of texts) {
    const findings = findingsOf(text, word);
    if (findings.length > 0) await replace(replaceIdentities(text, findings));
  }
}

function whereItStands(texts: readonly Checked[], word: string): string {
  return texts.find(({ text }) => findingsOf(text, word).length > 0)?.text ?? "";
}

function proposal(texts: readonly Checked[], word: string): string {
  const [finding] = texts.flatMap(({ text }) => findingsOf(text, word));
  return finding?.replacement ?? "";
}

function Replace({ texts, word }: ReplaceProps) {
  return (
    <Button onPress={() => replaceEverywhere(texts, word)}>
      {t("debriefs.replace_with", { words: proposal(texts, word) })}
    </Button>
  );
}

/** For who writes and does not open it: what holds the text back, at the field, with a way out. */
export function NamesInField({ text, replace, words }: Checked & Pick<Props, "words">) {
  if (words.length === 0) return null;
  return (
    <div class="stack" role="status">
      <Banner tone="careful">{t("debriefs.writer_names", { words: formatList(words) })}</Banner>
      <List label={t("debriefs.name_check")}>
        {words.map((word) => (
          <Row key={word} title={word} end={<Replace texts={[{ text, replace }]} word={word} />} />
        ))}
      </List>
    </div>
  );
}

export function NamesCheck({ texts, words, onNobody }: Props) {
  return (
    <Section title={t("debriefs.name_check")}>
      <p class="soft">{t("debriefs.name_check_lead")}</p>
      <List label={t("debriefs.name_check")}>
        {words.map((word) => (
          <Row
            key={word}
            title={word}
            detail={whereItStands(texts, word)}
            end={
              <span class="cluster">
                <Replace texts={texts} word={word} />
                <Button
                  look="quiet"
                  label={`${t("debriefs.names_nobody")}: ${word}`}
                  onPress={() => onNobody(wordSlug(word))}
                >
                  {t("debriefs.names_nobody")}
                </Button>
              </span>
            }
          />
        ))}
      </List>
    </Section>
  );
}
