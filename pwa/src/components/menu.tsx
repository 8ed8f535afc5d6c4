/**
 * More actions of one thing, behind a button with words. A modal dialog rather than a
 * popover: iPads before Safari 17 have none, and a long list clips what is not on top.
 */
import { useId, useState } from "preact/hooks";
import { Button, type Look } from "./button";
import { t } from "../i18n";
import { Icon, type IconName } from "./icon";
import { closeOnBackdrop, useDialog, whenClosed } from "./sheet";

export interface MenuItem {
  label: string;
  onPress: () => unknown;
  icon?: IconName;
  /** Takes something away. */
  careful?: boolean;
  disabled?: boolean;
}

export interface MenuProps {
  /** The words on the button. */
  label: string;
  /** What a screen reader hears instead, where several menus of one name stand on a screen. */
  heard?: string;
  items: readonly MenuItem[];
  look?: Look;
  icon?: IconName;
}

/** Arrow keys walk through the items, round and round. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = event.currentTarget.querySelectorAll<HTMLButtonElement>(".menu-item");
  const items = [...all].filter((item) => !item.disabled);
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  items[(at + step + items.length) % items.length]?.focus();
}

export interface MenuDialogProps {
  id?: string;
  label: string;
  /** Seen over the items, with a way out below them: where the button that opens it is far. */
  title?: string | undefined;
  items: readonly MenuItem[];
  open: boolean;
  onClose: () => void;
}

/** The list alone: for many buttons that open one menu. */
export function MenuDialog({ id, label, title, items, open, onClose }: MenuDialogProps) {
  const dialog = useDialog(open);
  return (
    <dialog
      ref={dialog}
      id={id}
      class="menu"
      aria-label={label}
      onClose={(event) => whenClosed(event, onClose)}
      onClick={(event) => closeOnBackdrop(event, onClose)}
      onKeyDown={walk}
    >
      {open && title && <h2 class="menu-title">{title}</h2>}
      {open &&
        items.map((item, at) => (
          <button
            key={`${at} ${item.label}`}
            type="button"
            class="menu-item"
            data-careful={item.careful || undefined}
            disabled={item.disabled ?? false}
            onClick={() => {
              onClose();
              item.onPress();
            }}
          >
            {item.icon && <Icon name={item.icon} size={20} />}
            {item.label}
          </button>
        ))}
      {open && title && (
        <button type="button" class="menu-item menu-leave" onClick={onClose}>
          {t("app.close")}
        </button>
      )}
    </dialog>
  );
}

export function Menu({ label, heard, items, look = "quiet", icon }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look={look}
        icon={icon}
        label={heard}
        popup="dialog"
        expanded={open}
        controls={id}
        onPress={() => setOpen(true)}
      >
        {label}
      </Button>
      <MenuDialog {...{ id, items, open }} label={heard ?? label} onClose={() => setOpen(false)} />
    </>
  );
}
