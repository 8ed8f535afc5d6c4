/** One of a few: radio buttons in a row, each a target of its own, arrows move between. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface Option<V extends string> {
  value: V;
  label: string;
  /** Shown before the words: an ElementMark or an Icon. */
  mark?: ComponentChildren;
}

export interface ChoiceProps<V extends string> {
  label: string;
  labelHidden?: boolean;
  hint?: string | undefined;
  options: readonly Option<V>[];
  /** null while nothing is chosen. */
  value: V | null;
  onChange: (value: V) => void;
  disabled?: boolean | undefined;
}

export function Choice<V extends string>(props: ChoiceProps<V>) {
  const name = useId();
  return (
    <fieldset class="choice" disabled={props.disabled ?? false}>
      <legend class={props.labelHidden ? "only-heard" : "field-label"}>{props.label}</legend>
      {props.hint && <p class="field-hint">{props.hint}</p>}
      <div class="choice-options">
        {props.options.map((option) => (
          <label class="choice-option" key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.mark}
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
