/**
 * What is pressed. One `primary` a screen; `careful` for what takes something away.
 *
 * Whatever it does is done once: see press.ts.
 */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";
import { useEchoes, useOnce } from "./press";

export type Look = "primary" | "plain" | "quiet" | "careful";

interface Shared {
  children: ComponentChildren;
  look?: Look;
  icon?: IconName | undefined;
  /** As wide as its place. */
  wide?: boolean;
  /** What a screen reader says instead of the words shown; must contain them. */
  label?: string | undefined;
}

export interface ButtonProps extends Shared {
  onPress?: (() => unknown) | undefined;
  type?: "button" | "submit";
  disabled?: boolean | undefined;
  /** For a button that stays down: on or off. */
  pressed?: boolean | undefined;
  /** Id of what it shows or hides, and whether that is shown now. */
  controls?: string | undefined;
  expanded?: boolean | undefined;
  popup?: "dialog" | undefined;
  /** What a press goes on from, where the words alone do not say it: two minutes more than this. */
  from?: number;
}

export function Button({ children, look = "plain", icon, wide, label, ...rest }: ButtonProps) {
  const words = label ?? (typeof children === "string" ? children : "");
  const means = `${words} ${rest.from ?? ""}`;
  const press = useOnce(rest.onPress, means);
  const isEcho = useEchoes(means);
  return (
    <button
      type={rest.type ?? "button"}
      class="button"
      data-look={look}
      data-wide={wide || undefined}
      disabled={rest.disabled ?? false}
      aria-label={label}
      aria-pressed={rest.pressed}
      aria-controls={rest.controls}
      aria-expanded={rest.expanded}
      aria-haspopup={rest.popup}
      onClick={(event) => {
        if (!isEcho(event)) press();
        else event.preventDefault();
      }}
    >
      {icon && <Icon name={icon} size={20} />}
      {children}
    </button>
  );
}

export interface LinkButtonProps extends Shared {
  href: string;
  /** Offer the target as a file of this name. */
  download?: string | undefined;
}

/** A link that looks like a button: it goes somewhere. */
export function LinkButton({ children, look = "plain", icon, wide, ...rest }: LinkButtonProps) {
  return (
    <a
      class="button"
      href={rest.href}
      download={rest.download}
      data-look={look}
      data-wide={wide || undefined}
      aria-label={rest.label}
    >
      {icon && <Icon name={icon} size={20} />}
      {children}
    </a>
  );
}
