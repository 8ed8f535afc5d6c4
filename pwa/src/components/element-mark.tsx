/**
 * A core element: colour and shape, the same in notes, cards, charts and on paper. Teacher a
 * circle, students a triangle, task a square, relation a diamond. The shape is drawn by
 * pieces.css: six hundred cards hang on one wall, and each element in them costs time there.
 */
import { t } from "../i18n";

export type Element = "teacher" | "student" | "task" | "relation";

interface ElementMarkProps {
  element: Element;
  /** The word is always there; hidden, it is only heard. */
  word?: "shown" | "hidden";
  /** Edge of the shape in px. */
  size?: number;
}

export function ElementMark({ element, word = "shown", size }: ElementMarkProps) {
  const name = t(`vocabulary.core_element.${element}`);
  return (
    <span class="mark" data-element={element} style={size ? { "--mark": `${size}px` } : undefined}>
      {word === "hidden" ? <span class="only-heard">{name}</span> : name}
    </span>
  );
}
