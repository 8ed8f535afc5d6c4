/**
 * A field of a record that saves as one types, and tells of another version.
 *
 * What is typed is shown from memory until it is on disk; whoever may not write reads the
 * same words. Must not decide between versions: a person does.
 */
import { useState } from "preact/hooks";
import { TextArea, TextField } from "../../components";
import { isTooLong, sendable } from "../../domain/safe-text";
import { t } from "../../i18n";
import { closeEditor, may, record, save, type Kind } from "../../state";
import { EarlierButton } from "./earlier-versions";
import { setting, type SavedField } from "./saved-field";
import { useKeeper } from "./keeping";
import { useLongText } from "./long-text";
import { OtherVersions } from "./versions";
import "./words.css";

export function storedWords<K extends Kind>({ kind, id, field }: SavedField<K>): string {
  const fields = record(kind, id).value?.fields as Record<string, unknown> | undefined;
  return String(fields?.[field] ?? "");
}

type Parse = (typed: string) => unknown;

/** Nothing but spaces is not saved. */
export const anyWords: Parse = (typed) => (typed.trim() === "" ? undefined : typed);

/** What was typed and is not on disk yet stands before what is stored. */
export function useSavedWords<K extends Kind>(target: SavedField<K>, parse: Parse) {
  const { kind, id, scope, field } = target;
  const place = [kind, id, scope, field].join("/");
  const [typed, setTyped] = useState<string | null>(null);
  const goesOn = kind === "note"; // What is too long for one note goes on in a second.
  const long = useLongText(place);
  const write = async (text: string, open: boolean) => {
    const value = parse(goesOn ? text : sendable(text));
    const begun =
      value !== undefined && save(kind, id, scope, setting(field, value), { editing: open });
    await Promise.all([begun, goesOn || long.keep(text)]);
  };
  const left = () => closeEditor(id).catch(() => undefined); // The shell tells of a full disk.
  const keeper = useKeeper(place, write, left);
  const value = typed ?? long.text ?? storedWords(target);
  return {
    value,
    wrong: !goesOn && isTooLong(value) ? t("words.too_long") : undefined,
    onInput(text: string) {
      setTyped(text);
      keeper.typed(text);
    },
    async onBlur() {
      await keeper.flush();
      await left();
      if (keeper.state.peek() === "kept") setTyped(null);
    },
  };
}

interface Shown {
  label: string;
  hint?: string | undefined;
  labelHidden?: boolean;
}

export type WordsFieldProps<K extends Kind> = SavedField<K> &
  Shown & {
    /** Several lines. */
    long?: boolean;
    type?: "text" | "tel";
    rows?: number;
    placeholder?: string;
    /** No frame: writing on the page itself. */
    plain?: boolean;
    /** How the sentence begins that is written here, by what was typed so far. */
    begins?: (typed: string) => string;
    /** A name: emptied, it stays what it was. */
    needed?: boolean;
  };

/** Words: every version is kept. */
export function WordsField<K extends Kind>(props: WordsFieldProps<K>) {
  const { kind, id, scope, field } = props;
  if (!may(kind, scope, [field])) return <ReadWords {...props} />;
  return (
    <div class="words-field">
      <WordsEditor {...props} key={`${kind}/${id}/${field}`} />
      {props.long && !props.labelHidden && (
        <EarlierButton {...{ kind, id, scope, field }} label={props.label} />
      )}
      <OtherVersions kind={kind} id={id} scope={scope} field={field} words />
    </div>
  );
}

function WordsEditor<K extends Kind>(props: WordsFieldProps<K>) {
  const words = useSavedWords(props, props.needed ? anyWords : (text) => text);
  const { label, labelHidden = false, hint, placeholder, plain = false } = props;
  const shown = { label, labelHidden, hint, placeholder };
  const begins = props.begins?.(words.value);
  const rows = props.rows ?? 3;
  if (props.long) return <TextArea {...shown} {...words} {...{ plain, rows, begins }} />;
  return <TextField {...shown} {...words} type={props.type ?? "text"} />;
}

/** The same words for whoever reads. */
export function ReadWords<K extends Kind>(props: SavedField<K> & Shown) {
  return (
    <div class="read-words">
      {!props.labelHidden && <p class="field-label">{props.label}</p>}
      <p class="as-written">{storedWords(props) || <Unsaid />}</p>
    </div>
  );
}

export function Unsaid() {
  return <span class="soft">{t("rounds.day.not_said")}</span>;
}

const FORMS = {
  date: /^2\d{3}-\d\d-\d\d$/,
  time: /^\d\d:\d\d$/,
  number: /^\d{1,3}$/,
} as const;

/** `undefined` while what is typed is no whole date, time or number yet: then nothing is saved. */
export function parsePicked(
  type: keyof typeof FORMS,
  typed: string,
  low = 0,
  high = Infinity,
): string | number | null | undefined {
  if (typed === "") return null;
  if (!FORMS[type].test(typed)) return undefined;
  if (type !== "number") return typed;
  const number = Number(typed);
  return number >= low && number <= high ? number : undefined;
}

export type PickedFieldProps<K extends Kind> = SavedField<K> &
  Shown & {
    type: keyof typeof FORMS;
    min?: number;
    max?: number;
    /** How the value reads to whoever may not write. */
    read?: (value: string) => string;
  };

/** A date, a time or a number: saved once it is whole. */
export function PickedField<K extends Kind>(props: PickedFieldProps<K>) {
  const { kind, id, scope, field, read } = props;
  if (!may(kind, scope, [field])) {
    const value = storedWords(props);
    return (
      <div class="read-words">
        <p class="field-label">{props.label}</p>
        <p>{value ? (read?.(value) ?? value) : <Unsaid />}</p>
      </div>
    );
  }
  return (
    <div class="words-field">
      <PickedEditor {...props} key={`${kind}/${id}/${field}`} />
      <OtherVersions kind={kind} id={id} scope={scope} field={field} read={read} />
    </div>
  );
}

function PickedEditor<K extends Kind>(props: PickedFieldProps<K>) {
  const { type, min, max } = props;
  const words = useSavedWords(props, (text) => parsePicked(type, text, min, max));
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return <TextField label={props.label} hint={props.hint} type={type} {...bounds} {...words} />;
}
