/**
 * Several lines of text; the field grows with its words and never scrolls inside itself.
 */
import type { Ref, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { FieldFrame, type FieldProps } from "./field";
import { writingHelp } from "./text-field";

export interface TextAreaProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  rows?: number;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** Off keeps every word as typed: no autocorrect, no capitals. */
  assist?: boolean;
  /** No frame around the field: writing on the page itself. */
  plain?: boolean;
  /** How the sentence begins that is written here; it stands in the field before the words. */
  begins?: string | undefined;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  areaRef?: Ref<HTMLTextAreaElement>;
}

const GROWS_BY_ITSELF = typeof CSS !== "undefined" && CSS.supports?.("field-sizing", "content");

/** Engines without `field-sizing` are given the height of the words. */
function grow(area: HTMLTextAreaElement | null): void {
  if (GROWS_BY_ITSELF || !area) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** The same tree with and without a beginning: the field must not lose its caret to a change. */
function BegunBy({ words, children }: { words: string | undefined; children: VNode }) {
  return (
    <div class={words ? "begun" : "only-children"}>
      <span>{words}</span>
      {children}
    </div>
  );
}

export function TextArea(props: TextAreaProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const { label, labelHidden, hint, wrong, value, onInput, assist = true, rows = 2 } = props;
  useLayoutEffect(() => grow(own.current), [value]);
  return (
    <FieldFrame label={label} labelHidden={labelHidden ?? false} hint={hint} wrong={wrong}>
      {(described) => (
        <BegunBy words={props.begins}>
          <textarea
            {...described}
            {...writingHelp(assist)}
            class="input"
            data-plain={props.plain || undefined}
            ref={(area) => {
              own.current = area;
              if (typeof props.areaRef === "function") props.areaRef(area);
              else if (props.areaRef) props.areaRef.current = area;
            }}
            rows={rows}
            // An engine that fits the field to its words no longer looks at `rows`.
            style={{ minHeight: `calc(${rows * 1.45}em + 18px)` }}
            value={value}
            placeholder={props.placeholder}
            disabled={props.disabled ?? false}
            onInput={(event) => onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
            onKeyDown={props.onKeyDown}
          />
        </BegunBy>
      )}
    </FieldFrame>
  );
}
