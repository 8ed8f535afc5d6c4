/**
 * Dragging on the wall by mouse, and by touch with a long press. The keyboard has its own way
 * (carrying.ts), and every move can also be made by "Move to ...", so nothing here is the
 * only way.
 *
 * Only what is near the screen can be picked up: hundreds of cards cost nothing until they are
 * scrolled to. The library writes its few rules into a `<style>`, which our content security
 * policy refuses. They go into a constructed sheet instead, which it allows.
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

const NEAR = "300px";

/** What a wall hands to what lies on it. Never changes while the wall is shown. */
export interface Hands {
  manager: DragDropManager;
  /** Tells when an element comes near the screen, and when it leaves. */
  watch: (element: Element, near: (isNear: boolean) => void) => () => void;
}

function watching(): { watch: Hands["watch"]; stop: () => void } {
  const tell = new Map<Element, (isNear: boolean) => void>();
  const observer = new IntersectionObserver(
    (seen) => seen.forEach(({ target, isIntersecting }) => tell.get(target)?.(isIntersecting)),
    { rootMargin: NEAR },
  );
  const watch: Hands["watch"] = (element, near) => {
    tell.set(element, near);
    observer.observe(element);
    return () => {
      tell.delete(element);
      observer.unobserve(element);
    };
  };
  return { watch, stop: () => observer.disconnect() };
}

/** `onDrop` gets the id of what was dragged and of what it was dropped on. */
export function useDragging(onDrop: (dragged: string, target: string) => void): Hands {
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const { stop, ...hands } = useMemo(() => {
    const plugins = [AutoScroller, Feedback.configure({ feedback: "clone", dropAnimation: null })];
    const byElement = PointerSensor.configure({ activatorElements: ({ element }) => [element] });
    return { manager: new DragDropManager({ plugins, sensors: [byElement] }), ...watching() };
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
      stop();
    };
  }, []);
  return useMemo(() => hands, [hands.manager]);
}

/** Anywhere on it but on its buttons; of these the grip alone picks it up. */
function partsOf(id: string, element: HTMLElement) {
  const handle = element.querySelector("[data-grip]");
  return { id, element, ...(handle ? { handle } : {}) };
}

/** What can be picked up, once it is near the screen: anywhere on it. */
export function useDraggable({ manager, watch }: Hands, id: string) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const held = element.current;
    if (!held) return undefined;
    let draggable: Draggable | null = null;
    const stop = watch(held, (isNear) => {
      // What is being dragged stays in hand wherever its place has scrolled to.
      if (draggable?.isDragging) return;
      if (!isNear) draggable?.destroy();
      draggable = isNear ? (draggable ?? new Draggable(partsOf(id, held), manager)) : null;
    });
    return () => {
      stop();
      draggable?.destroy();
    };
  }, [manager, id]);
  return element;
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
