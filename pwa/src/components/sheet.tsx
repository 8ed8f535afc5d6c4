/**
 * A sheet over the screen: the native dialog, so focus stays inside, Escape closes it and
 * focus goes back to where it was. From below on a phone, in the middle on a tablet.
 */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./button";

export interface SheetProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** What closes it says, where another *close* stands in it. */
  leave?: string;
  children: ComponentChildren;
  /** Buttons at the foot, the primary one last. */
  actions?: ComponentChildren;
}

/** Close on a press beside the dialog: the backdrop belongs to the element itself. */
export function closeOnBackdrop(event: MouseEvent, close: () => void): void {
  if (event.target === event.currentTarget) close();
}

/**
 * The browser tells that a dialog closed a moment after it did: one that was opened again by
 * then, by a quick finger, stays open.
 */
export function whenClosed(
  { currentTarget }: { currentTarget: HTMLDialogElement },
  close: () => void,
) {
  if (!currentTarget.open) close();
}

/** Opens and closes the native dialog as `open` says, before the next key can come. */
export function useDialog(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open && dialog.current?.open) dialog.current.close();
  }, [open]);
  return dialog;
}

export function Sheet({ open, title, onClose, leave, children, actions }: SheetProps) {
  const id = useId();
  const dialog = useDialog(open);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={id}
      onClose={(event) => whenClosed(event, onClose)}
      onClick={(event) => closeOnBackdrop(event, onClose)}
    >
      {open && (
        <div class="sheet-inside">
          <div class="sheet-head">
            <h2 id={id}>{title}</h2>
            <Button look="quiet" onPress={onClose}>
              {leave ?? t("app.close")}
            </Button>
          </div>
          {children}
          {actions && <div class="sheet-actions">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
