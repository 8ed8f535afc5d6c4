/**
 * Dragging on the wall: mouse, touch with a long press, and keyboard on the grip. Every move
 * can also be made by "Move to ...", so nothing here is the only way.
 *
 * The library writes its few rules into a `<style>`, which our content security policy
 * refuses. They go into a constructed sheet instead, which it allows.
 */
import {
  Accessibility,
  AutoScroller,
  DragDropManager,
  Draggable,
  Droppable,
  Feedback,
  KeyboardSensor,
  PointerSensor,
  StyleInjector,
} from "@dnd-kit/dom";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../../i18n";

StyleInjector.prototype.register = function register(rules: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
};

const STEP = { x: 80, y: 60 };

function announcing() {
  return {
    dragstart: () => t("debriefs.picked_up"),
    dragend: (event: { canceled: boolean }) =>
      t(event.canceled ? "debriefs.put_back" : "debriefs.put_down"),
  };
}

/** One manager for a wall; `onDrop` gets the card's id and the id of what it was dropped on. */
export function useDragging(onDrop: (card: string, target: string) => void): DragDropManager {
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const manager = useMemo(
    () =>
      new DragDropManager({
        plugins: [
          Accessibility.configure({
            announcements: announcing(),
            screenReaderInstructions: { draggable: t("debriefs.how_to_drag") },
          }),
          AutoScroller,
          Feedback.configure({ feedback: "clone", dropAnimation: null }),
        ],
        sensors: [
          PointerSensor.configure({ activatorElements: (source) => [source.element] }),
          KeyboardSensor.configure({ offset: STEP }),
        ],
      }),
    [],
  );
  useEffect(() => {
    const stop = manager.monitor.addEventListener("dragend", ({ operation, canceled }) => {
      const { source, target } = operation;
      if (!canceled && source && target) drop.current(String(source.id), String(target.id));
    });
    return () => {
      stop();
      manager.destroy();
    };
  }, [manager]);
  return manager;
}

/** What can be picked up: the element as a whole, by keyboard its grip. */
export function useDraggable(manager: DragDropManager, id: string) {
  const element = useRef<HTMLElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!element.current || !grip.current) return undefined;
    const parts = { id, element: element.current, handle: grip.current };
    const draggable = new Draggable(parts, manager);
    return () => draggable.destroy();
  }, [manager, id]);
  return { element, grip };
}

/** Where a card can be put down. */
export function useDroppable(manager: DragDropManager, id: string) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!element.current) return undefined;
    const droppable = new Droppable({ id, element: element.current }, manager);
    return () => droppable.destroy();
  }, [manager, id]);
  return element;
}
