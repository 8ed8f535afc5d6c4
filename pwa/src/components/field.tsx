/**
 * The frame of every field: label, hint and what is wrong, tied together for screen
 * readers. A field owns no value: it shows what it is given and says what was typed.
 */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon";

export interface FieldProps {
  label: string;
  /** The label is heard, not seen: only where the screen says it already. */
  labelHidden?: boolean;
  hint?: string | undefined;
  /** What is wrong, in words; announced when it appears. */
  wrong?: string | undefined;
}

interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FrameProps extends FieldProps {
  children: (described: Described) => ComponentChildren;
}

export function FieldFrame({ label, labelHidden, hint, wrong, children }: FrameProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class={labelHidden ? "only-heard" : "field-label"} for={id}>
        {label}
      </label>
      {hint && (
        <span class="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": wrong ? true : undefined,
      })}
      <span role="alert" id={`${id}-wrong`}>
        {wrong && (
          <span class="field-wrong">
            <Icon name="careful" size={18} />
            {wrong}
          </span>
        )}
      </span>
    </div>
  );
}
