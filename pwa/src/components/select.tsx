/** One of many: the device's own list. */
import { FieldFrame, type FieldProps } from "./field";
import { Icon } from "./icon";

export interface SelectProps<V extends string> extends FieldProps {
  options: readonly { value: V; label: string }[];
  value: V | null;
  /** What stands for nothing chosen. Without it, something is always chosen. */
  none?: string;
  onChange: (value: V | null) => void;
  disabled?: boolean | undefined;
}

export function Select<V extends string>(props: SelectProps<V>) {
  const { label, labelHidden, hint, wrong, options, value, none, onChange } = props;
  return (
    <FieldFrame label={label} labelHidden={labelHidden ?? false} hint={hint} wrong={wrong}>
      {(described) => (
        <span class="select">
          <select
            {...described}
            class="input"
            value={value ?? ""}
            disabled={props.disabled ?? false}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.currentTarget.value);
              onChange(chosen?.value ?? null);
            }}
          >
            {none !== undefined && <option value="">{none}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" size={18} />
        </span>
      )}
    </FieldFrame>
  );
}
