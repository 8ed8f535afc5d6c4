/**
 * One line that says what was done, with undo. Said politely to screen readers; it stays
 * while it is touched or focused, so that undo can be reached without hurry.
 */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./button";

export interface ToastMessage {
  text: string;
  undo?: () => unknown;
}

interface Shown extends ToastMessage {
  id: number;
}

const SECONDS = 8;
const shown = signal<readonly Shown[]>([]);
let last = 0;

/**
 * Say that something was done. At most two stand at a time; the oldest goes. Answers how to
 * take it away before its time, where it is no longer true.
 */
export function showToast(message: ToastMessage): () => void {
  last += 1;
  const id = last;
  shown.value = [...shown.value.slice(-1), { ...message, id }];
  return () => dismiss(id);
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id);
}

function Toast({ toast }: { toast: Shown }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  return (
    <div
      class="toast"
      // A pointer that rests where the toast comes up does not hold it: it has to move there.
      onPointerMove={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {toast.undo && (
        <Button
          look="quiet"
          label={`${t("app.undo")}: ${toast.text}`}
          onPress={() => {
            dismiss(toast.id);
            return toast.undo?.();
          }}
        >
          {t("app.undo")}
        </Button>
      )}
    </div>
  );
}

/** Where toasts appear: once, in the shell. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
