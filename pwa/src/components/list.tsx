/** Rows between hairlines. A row goes somewhere, does something, or only tells. */
import type { ComponentChildren } from "preact";
import { Icon } from "./icon";
import { useOnce } from "./press";

interface ListProps {
  children: ComponentChildren;
  /** Hundreds of rows: those out of sight are not laid out. */
  long?: boolean;
  label?: string | undefined;
}

export function List({ children, long, label }: ListProps) {
  return (
    <ul class="list" data-long={long || undefined} aria-label={label}>
      {children}
    </ul>
  );
}

export interface RowProps {
  title: ComponentChildren;
  detail?: ComponentChildren;
  /** Before the words: a mark or an icon. */
  start?: ComponentChildren;
  /** After the words: a status, a time, a menu. */
  end?: ComponentChildren;
  href?: string | undefined;
  onPress?: (() => unknown) | undefined;
  /** The one shown in the pane beside. */
  current?: boolean;
}

function RowWords({ title, detail, start }: RowProps) {
  return (
    <>
      {start}
      <span class="row-words">
        <span class="row-title">{title}</span>
        {detail && <span class="row-detail">{detail}</span>}
      </span>
    </>
  );
}

/** `end` may hold a button only in a row that itself neither goes nor does. */
export function Row(props: RowProps) {
  const { href, onPress, end } = props;
  const press = useOnce(onPress);
  const current = props.current ? "true" : undefined;
  const foot = end && <span class="row-end">{end}</span>;
  if (href) {
    return (
      <li>
        <a class="row" href={href} aria-current={current}>
          <RowWords {...props} />
          {foot}
          <Icon name="forward" size={16} />
        </a>
      </li>
    );
  }
  if (onPress) {
    return (
      <li>
        <button type="button" class="row" aria-current={current} onClick={press}>
          <RowWords {...props} />
          {foot}
        </button>
      </li>
    );
  }
  return (
    <li>
      <div class="row">
        <RowWords {...props} />
        {foot}
      </div>
    </li>
  );
}
