/**
 * Dragging on the wall by mouse, and by touch with a long press. The keyboard has its own way
 * (carrying.ts), and every move can also be made by "Move to ...", so nothing here is the
 * only way.
 *
 * A card can be picked up from the moment it is pressed: hundreds of them cost nothing before,
 * neither on opening nor in each frame of a drag. The library writes its few rules into a
 * `<style>`, which our content security policy refuses. They go into a constructed sheet
 * instead, which it allows.
 */
import {
  AutoScroller,
  DragDropManager,
  Draggable,
  Droppable,
  Feedback,
  PointerSensor,
  StyleInjector,
} from "@dnd-kit/dom";
import { useEffect, useMemo, useRef } from "preact/hooks";

StyleInjector.prototype.register = function register(rules: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
};

/** What a wall hands to what lies on it. Never changes while the wall is shown. */
export interface Hands {
  manager: DragDropManager;
  /** Something on the wall is pressed: the library hears of it in time to pick it up. */
  press: (event: PointerEvent) => void;
}

/** Anywhere on it but on its buttons; of these the grip alone picks it up. */
function partsOf(element: HTMLElement) {
  const handle = element.querySelector("[data-grip]");
  return { id: element.dataset["movable"]!, element, ...(handle ? { handle } : {}) };
}

function pressing(manager: DragDropManager): Hands["press"] {
  let pressed: Draggable | null = null;
  return ({ target }) => {
    const element = (target as Element).closest<HTMLElement>("[data-movable]");
    if (!element || !manager.dragOperation.status.idle) return;
    pressed?.destroy();
    pressed = new Draggable(partsOf(element), manager);
  };
}

/** `onDrop` gets the id of what was dragged and of what it was dropped on. */
export function useDragging(onDrop: (dragged: string, target: string) => void): Hands {
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const hands = useMemo<Hands>(() => {
    const plugins = [AutoScroller, Feedback.configure({ feedback: "clone", dropAnimation: null })];
    const byElement = PointerSensor.configure({ activatorElements: ({ element }) => [element] });
    const manager = new DragDropManager({ plugins, sensors: [byElement] });
    return { manager, press: pressing(manager) };
  }, []);
  useEffect(() => {
    const over = (element?: Element) => {
      document.querySelector("[data-over]")?.removeAttribute("data-over");
      element?.setAttribute("data-over", "");
    };
    const { monitor } = hands.manager;
    const stops = [
      monitor.addEventListener("dragover", ({ operation }) => over(operation.target?.element)),
      monitor.addEventListener("dragend", ({ operation: { source, target }, canceled }) => {
        over();
        if (!canceled && source && target) drop.current(String(source.id), String(target.id));
      }),
    ];
    return () => {
      stops.forEach((each) => each());
      hands.manager.destroy();
    };
  }, []);
  return hands;
}

/** Where a card can be put down. */
export function useDroppable({ manager }: Hands, id: string) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!element.current) return undefined;
    const droppable = new Droppable({ id, element: element.current }, manager);
    return () => droppable.destroy();
  }, [manager, id]);
  return element;
}
