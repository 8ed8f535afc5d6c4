/** List and detail: side by side on a tablet, one at a time on a phone. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";

interface TwoPaneProps {
  list: ComponentChildren;
  /** What is open; null shows the list alone on a phone and `hint` on a tablet. */
  detail: ComponentChildren | null;
  hint?: string;
  /** On a phone, the way back to the list. */
  back: { href: string; label: string };
}

export function TwoPane({ list, detail, hint, back }: TwoPaneProps) {
  const open = detail !== null;
  const listed = useRef<HTMLDivElement>(null);
  const opened = useRef<HTMLDivElement>(null);
  const before = useRef(open);
  useEffect(() => {
    const isPressed = open && !before.current;
    before.current = open;
    // On a phone the row that was pressed is gone from sight: the focus goes on with it.
    if (!isPressed || listed.current?.offsetParent !== null) return;
    window.scrollTo(0, 0);
    opened.current?.focus({ preventScroll: true });
  }, [open]);
  return (
    <div class="panes" data-open={open || undefined}>
      <div class="panes-list" ref={listed}>
        {list}
      </div>
      <div class="panes-detail" ref={opened} tabIndex={0}>
        {open && (
          <a class="button panes-back" data-look="quiet" href={back.href}>
            <Icon name="back" size={20} />
            {back.label}
          </a>
        )}
        {open ? detail : <p class="soft">{hint}</p>}
      </div>
    </div>
  );
}
