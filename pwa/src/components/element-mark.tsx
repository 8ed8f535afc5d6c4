/**
 * A core element: colour and shape, the same in notes, cards, charts and on paper. Teacher a
 * circle, students a triangle, task a square, relation a diamond.
 */
import { t } from "../i18n";

export type Element = "teacher" | "student" | "task" | "relation";

export const ELEMENT_SHAPES: Readonly<Record<Element, string>> = {
  teacher: "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
  student: "M8 1.5L15 14.5H1z",
  task: "M2 2h12v12H2z",
  relation: "M8 .8L15.2 8 8 15.2.8 8z",
};

interface ElementMarkProps {
  element: Element;
  /** The word is always there; hidden, it is only heard. */
  word?: "shown" | "hidden";
  size?: number;
}

export function ElementMark({ element, word = "shown", size = 14 }: ElementMarkProps) {
  return (
    <span class="mark" data-element={element}>
      <svg width={size} height={size} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
        <path d={ELEMENT_SHAPES[element]} />
      </svg>
      <span class={word === "hidden" ? "only-heard" : undefined}>
        {t(`vocabulary.core_element.${element}`)}
      </span>
    </span>
  );
}
