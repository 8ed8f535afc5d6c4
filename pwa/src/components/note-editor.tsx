/**
 * The field that a visitor writes in: words exactly as typed, no autocorrect, no capitals.
 *
 * The field keeps its own text, so that a key press draws one character and nothing else;
 * `text` is only read when `line` changes. It must not know where words are kept: every
 * press is handed on at once.
 */
import type { Ref } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { linesOf } from "./note-editor-text";

export interface NoteEditorProps {
  /** Heard, not seen: the classroom and what is being written. */
  label: string;
  placeholder?: string | undefined;
  /** Which line is in the field. Another line puts `text` into it. */
  line: string;
  text: string;
  /** The line as it stands, after every press. */
  onTyped: (text: string) => void;
  /** Lines that return, a paste or a pen has ended, in order, before `onTyped` of the rest. */
  onFinished: (lines: readonly string[]) => void;
  /** One note is being amended: line breaks stay, return is done. */
  whole?: (() => void) | undefined;
  onBlur?: (() => void) | undefined;
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  areaRef?: Ref<HTMLTextAreaElement>;
}

/** Put the rest of the line into the field, the caret as far from its end as it was. */
function showRest(area: HTMLTextAreaElement, rest: string): void {
  const fromEnd = area.value.length - area.selectionEnd;
  area.value = rest;
  const caret = Math.max(0, rest.length - fromEnd);
  area.setSelectionRange(caret, caret);
  area.scrollTop = area.scrollHeight;
}

function read(area: HTMLTextAreaElement, composing: boolean, props: NoteEditorProps): void {
  const { finished, rest } = linesOf(area.value);
  if (props.whole || composing || finished.length + Number(rest !== area.value) === 0) {
    props.onTyped(area.value);
    return;
  }
  showRest(area, rest);
  if (finished.length > 0) props.onFinished(finished);
  props.onTyped(rest);
}

export function NoteEditor(props: NoteEditorProps) {
  const own = useRef<HTMLTextAreaElement | null>(null);
  useLayoutEffect(() => {
    const area = own.current;
    if (!area || area.value === props.text) return;
    area.value = props.text;
    area.setSelectionRange(props.text.length, props.text.length);
  }, [props.line]);
  return (
    <textarea
      class="note-editor"
      aria-label={props.label}
      placeholder={props.placeholder}
      autocomplete="off"
      autocorrect="off"
      autocapitalize="off"
      spellcheck={false}
      enterkeyhint={props.whole ? "done" : "next"}
      ref={(area) => {
        own.current = area;
        if (typeof props.areaRef === "function") props.areaRef(area);
        else if (props.areaRef) props.areaRef.current = area;
      }}
      onInput={(event) =>
        read(event.currentTarget, (event as unknown as InputEvent).isComposing, props)
      }
      onCompositionEnd={(event) => read(event.currentTarget, false, props)}
      onBlur={props.onBlur}
      onKeyDown={(event) => {
        props.onKeyDown?.(event);
        if (!props.whole || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        props.whole();
      }}
    />
  );
}
