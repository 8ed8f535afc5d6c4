/**
 * Sort by thumb: one line, four large targets, the next line. Forty in under two minutes.
 *
 * The next line is shown at once; the one before goes to disk meanwhile, and can be brought
 * back. Later means at the end, not never.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ElementMark } from "../../components";
import { CORE_ELEMENTS, type CoreElement } from "../../generated/records";
import { t } from "../../i18n";
import { record, save } from "../../state";
import { classroomOf, visitLabel } from "./day";
import type { StepProps } from "./review";
import type { NoteView } from "./writing";

const unsorted = (notes: readonly NoteView[]) => notes.filter((note) => !note.fields.element);

/** A line that was sorted or put off, so that one can go back to it. */
interface Passed {
  id: string;
  put: "sorted" | "later";
}

function useSorting(notes: readonly NoteView[]) {
  const [queue, setQueue] = useState(() => unsorted(notes).map((note) => note.id));
  const [passed, setPassed] = useState<readonly Passed[]>([]);
  const [id] = queue;
  const note = record("note", id ?? "").value;

  const put = (element: CoreElement) => {
    if (!note) return;
    void save("note", note.id, note.scope, { element });
    setPassed([...passed, { id: note.id, put: "sorted" }]);
    setQueue(queue.slice(1));
  };
  const later = () => {
    if (!note || queue.length < 2) return;
    setPassed([...passed, { id: note.id, put: "later" }]);
    setQueue([...queue.slice(1), note.id]);
  };
  const back = () => {
    const last = passed.at(-1);
    if (!last) return;
    setPassed(passed.slice(0, -1));
    setQueue([last.id, ...queue.filter((each) => each !== last.id)]);
  };
  return { note, left: queue.length, put, later, back, mayGoBack: passed.length > 0 };
}

/** Keys 1 to 4 sort, S puts off, Z goes back; not while a field has the focus. */
function useKeys(act: ReturnType<typeof useSorting>): void {
  const acting = useRef(act);
  acting.current = act;
  useEffect(() => {
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
