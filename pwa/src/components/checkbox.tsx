/** Yes or no: a box to tick, or a switch that takes effect at once. */
import { useId } from "preact/hooks";

export interface CheckboxProps {
  label: string;
  hint?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
}

function Check({ look, ...props }: CheckboxProps & { look: "box" | "toggle" }) {
  const id = useId();
  return (
    <label class="check" data-look={look}>
      <input
        type="checkbox"
        role={look === "toggle" ? "switch" : undefined}
        checked={props.checked}
        disabled={props.disabled ?? false}
        aria-labelledby={`${id}-label`}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span class="check-words">
        <span id={`${id}-label`}>{props.label}</span>
        {props.hint && (
          <span class="field-hint" id={`${id}-hint`}>
            {props.hint}
          </span>
        )}
      </span>
    </label>
  );
}

export function Checkbox(props: CheckboxProps) {
  return <Check {...props} look="box" />;
}

export function Toggle(props: CheckboxProps) {
  return <Check {...props} look="toggle" />;
}
