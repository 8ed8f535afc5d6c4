/** One line of text. */
import type { Ref } from "preact";
import { FieldFrame, type FieldProps } from "./field";

export interface TextFieldProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  type?: "text" | "email" | "password" | "search" | "tel" | "date" | "time" | "number";
  /** A known word of HTML: "username", "current-password", "one-time-code", "off" ... */
  autocomplete?: string;
  inputMode?: "text" | "numeric" | "email" | "tel" | "search";
  placeholder?: string | undefined;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  required?: boolean;
  disabled?: boolean | undefined;
  /** Off keeps every word as typed: no autocorrect, no capitals. */
  assist?: boolean;
  /** Ids of suggestions: a `<datalist>` of the screen. */
  list?: string;
  onBlur?: () => void;
  onEnter?: () => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** The browser's writing help, switched off as a whole: a quotation stays as it was said. */
export function writingHelp(on: boolean) {
  if (on) return {};
  return { autocorrect: "off", autocapitalize: "off", spellcheck: false } as const;
}

export function TextField(props: TextFieldProps) {
  const { label, labelHidden, hint, wrong, value, onInput, onEnter, assist = true } = props;
  return (
    <FieldFrame label={label} labelHidden={labelHidden ?? false} hint={hint} wrong={wrong}>
      {(described) => (
        <input
          {...described}
          {...writingHelp(assist)}
          class="input"
          ref={props.inputRef ?? null}
          // Preact types each kind of input apart; for us they differ in this word alone.
          type={(props.type ?? "text") as "text"}
          value={value}
          autocomplete={props.autocomplete ?? "off"}
          inputMode={props.inputMode}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          min={props.min}
          max={props.max}
          required={props.required ?? false}
          disabled={props.disabled ?? false}
          list={props.list}
          onInput={(event) => onInput(event.currentTarget.value)}
          onBlur={props.onBlur}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing || !onEnter) return;
            event.preventDefault();
            onEnter();
          }}
        />
      )}
    </FieldFrame>
  );
}
