/**
 * Sort by thumb: one line, four large targets, the next line. Forty in under two minutes.
 *
 * The next line is shown at once; the one before goes to disk meanwhile, and can be brought
 * back. Later means at the end, not never.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button, ElementMark } from "../../components";
import { CORE_ELEMENTS, type CoreElement } from "../../generated/records";
import { t } from "../../i18n";
import { save } from "../../state";
import { classroomOf, visitLabel } from "./day";
import type { StepProps } from "./steps";
import type { NoteView } from "./own-notes";

const unsorted = (notes: readonly NoteView[]) => notes.filter((note) => !note.fields.element);

/** A line that was sorted or put off, so that one can go back to it. */
interface Passed {
  id: string;
  put: "sorted" | "later";
}

interface Standing {
  queue: string[];
  passed: Passed[];
}

/** A line that comes while one sorts, being still on its way to the disk, is sorted last. */
function follow(standing: Standing, notes: readonly NoteView[]): void {
  const there = new Set(notes.map(({ id }) => id));
  const known = new Set([...standing.queue, ...standing.passed.map(({ id }) => id)]);
  const added = unsorted(notes).filter(({ id }) => !known.has(id));
  standing.queue = standing.queue.filter((id) => there.has(id));
  standing.queue.push(...added.map(({ id }) => id));
}

/**
 * Where the sorting stands. Keys come faster than the screen is drawn: what is next is read
 * when a key or a finger comes, never from what was drawn last, so that a second key sorts
 * the second line.
 */
function useSorting(notes: readonly NoteView[]) {
  const [standing] = useState<Standing>(() => ({ queue: [], passed: [] }));
  const [, draw] = useState(0);
  follow(standing, notes);
  const next = () => notes.find((note) => note.id === standing.queue[0]);
  const pass = (put: Passed["put"]): NoteView | undefined => {
    const note = next();
    if (!note || (put === "later" && standing.queue.length < 2)) return undefined;
    standing.queue.shift();
    if (put === "later") standing.queue.push(note.id);
    standing.passed.push({ id: note.id, put });
    draw((times) => times + 1);
    return note;
  };

  const put = (element: CoreElement) => {
    const note = pass("sorted");
    if (note) void save("note", note.id, note.scope, { element });
  };
  const later = () => void pass("later");
  const back = () => {
    const last = standing.passed.pop();
    if (!last) return;
    standing.queue = [last.id, ...standing.queue.filter((each) => each !== last.id)];
    draw((times) => times + 1);
  };
  const { queue, passed } = standing;
  return { note: next(), left: queue.length, put, later, back, mayGoBack: passed.length > 0 };
}

/** Keys 1 to 4 sort, S puts off, Z goes back; not while a field has the focus. */
function useKeys(act: ReturnType<typeof useSorting>): void {
  const acting = useRef(act);
  acting.current = act;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const busy = event.target instanceof Element && event.target.closest("textarea, dialog");
      if (busy || event.metaKey || event.ctrlKey || event.altKey) return;
      const element = CORE_ELEMENTS[Number(event.key) - 1];
      const { put, later, back } = acting.current;
      if (element) put(element);
      else if (event.key === "s") later();
      else if (event.key === "z") back();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

export function whereOf(round: string, note: NoteView): string {
  const visit = visitLabel(classroomOf(round, note.fields.classroom));
  return `${visit} · ${note.fields.minute ?? 0}′`;
}

export function SortStep({ round, notes, onGo }: StepProps) {
  const sorting = useSorting(notes);
  const { note, left, put, later, back, mayGoBack } = sorting;
  useKeys(sorting);
  if (!note) {
    return (
      <div class="stack">
        <p>{t("evidence.sort_done")}</p>
        <div class="cluster">
          <Button look="primary" onPress={() => onGo("questions")}>
            {t("evidence.go_questions")}
          </Button>
          {mayGoBack && (
            <Button icon="undo" onPress={back}>
              {t("evidence.sort_back")}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div class="sort">
      <p class="soft small figures">{t("evidence.sort_left", { count: left })}</p>
      <div class="sort-line" aria-live="polite">
        <p class="soft small figures">{whereOf(round, note)}</p>
        <p class="sort-text">{note.fields.text}</p>
      </div>
      <div class="sort-targets" role="group" aria-label={t("evidence.sort_ask")}>
        {CORE_ELEMENTS.map((element, at) => (
          <button
            key={element}
            type="button"
            class="sort-target"
            data-element={element}
            onClick={() => put(element)}
          >
            <ElementMark element={element} size={22} />
            <span class="sort-key soft small" aria-hidden="true">
              {at + 1}
            </span>
          </button>
        ))}
      </div>
      <div class="cluster">
        <Button look="quiet" onPress={later}>
          {t("evidence.sort_skip")}
        </Button>
        <Button look="quiet" icon="undo" disabled={!mayGoBack} onPress={back}>
          {t("evidence.sort_back")}
        </Button>
      </div>
      <p class="soft small sort-keys">{t("evidence.sort_keys")}</p>
    </div>
  );
}
