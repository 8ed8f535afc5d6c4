/**
 * One screen: where it leads back to, its title, its one primary action, its content.
 *
 * On arrival the title takes the focus, so that a screen reader says where one is; the
 * first screen of a visit leaves the focus alone.
 */
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Icon } from "./icon";

export interface ScreenProps {
  title: string;
  /** One sentence below the title. */
  lead?: ComponentChildren;
  back?: { href: string; label: string } | undefined;
  /** The one primary action: a `<Button look="primary">`. */
  action?: ComponentChildren;
  /** As wide as a wall or two panes need. */
  wide?: boolean;
  children: ComponentChildren;
}

let isFirst = true;

function useArrival(title: string) {
  const screen = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = useLocation();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title]);
  useEffect(() => {
    const wasFirst = isFirst;
    isFirst = false;
    // A field of the screen that already took the focus keeps it.
    if (wasFirst || screen.current?.contains(document.activeElement)) return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [path]);
  return { screen, heading };
}

export function Screen({ title, lead, back, action, wide, children }: ScreenProps) {
  const { screen, heading } = useArrival(title);
  return (
    <div
      class="screen"
      ref={screen}
      data-wide={wide || undefined}
      data-action={action ? true : undefined}
    >
      <header class="screen-head">
        {back && (
          <a class="button screen-back" data-look="quiet" href={back.href}>
            <Icon name="back" size={20} />
            {back.label}
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p class="screen-lead">{lead}</p>}
        {action && <div class="screen-action">{action}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a screen under its own heading. */
export function Section({ title, children }: SectionProps) {
  return (
    <section class="section">
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}
