/**
 * The words of a card: whole, but for one as long as a page, which would push the wall away.
 * Of that the beginning stands there, and a button brings the rest. Nothing is cut but on screen.
 */
import { useState } from "preact/hooks";
import { Button } from "../../components";
import { t } from "../../i18n";

const LONG = 1_500;
const BEGINNING = 600;

/** As much as a line or a label can say of it. */
export function beginningOf(text: string): string {
  if (text.length <= LONG) return text;
  const words = text.slice(0, BEGINNING);
  return `${words.slice(0, words.lastIndexOf(" ") + 1 || BEGINNING).trimEnd()}…`;
}

const MENTION = 40;

/** Enough of it to know which is meant. */
export function mentionOf(text: string): string {
  const words = text.trim();
  if (words.length <= MENTION) return words;
  const cut = words.slice(0, MENTION);
  return `${cut.slice(0, cut.lastIndexOf(" ") + 1 || MENTION).trimEnd()}…`;
}

export function CardWords(props: { text: string; look: string }) {
  const { text, look } = props;
  return text.length <= LONG ? <p class={look}>{text}</p> : <LongWords {...props} />;
}

function LongWords({ text, look }: { text: string; look: string }) {
  const [whole, setWhole] = useState(false);
  return (
    <>
      <p class={look}>{whole ? text : beginningOf(text)}</p>
      <div class="long-words">
        <Button look="quiet" expanded={whole} onPress={() => setWhole(!whole)}>
          {t(whole ? "debriefs.only_beginning" : "debriefs.whole_card")}
        </Button>
      </div>
    </>
  );
}
