/** Small pieces that tell: an empty place, a banner, progress, a tag, a sheet of paper. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../i18n";
import { Icon, type IconName } from "./icon";

interface EmptyProps {
  /** What to do next, not that there is nothing. */
  children: ComponentChildren;
  action?: ComponentChildren;
}

export function Empty({ children, action }: EmptyProps) {
  return (
    <div class="empty">
      <p class="soft">{children}</p>
      {action}
    </div>
  );
}

interface BannerProps {
  children: ComponentChildren;
  tone?: "plain" | "careful";
  icon?: IconName;
  action?: ComponentChildren;
  /** Said at once when it appears. */
  urgent?: boolean;
}

export function Banner({ children, tone = "plain", icon, action, urgent }: BannerProps) {
  return (
    <div class="banner" data-tone={tone} role={urgent ? "alert" : undefined}>
      {icon && <Icon name={icon} />}
      <div class="banner-body">
        <span class="banner-words">{children}</span>
        {action && <div class="banner-acts">{action}</div>}
      </div>
    </div>
  );
}

interface ProgressProps {
  label: string;
  /** Of `max`; without it, how long it takes is not known. */
  value?: number;
  max?: number;
}

export function Progress({ label, value, max = 1 }: ProgressProps) {
  const id = useId();
  return (
    <div class="progress">
      <label class="label soft" for={id}>
        {label}
      </label>
      <progress id={id} max={max} {...(value === undefined ? {} : { value })} />
    </div>
  );
}

export function Tag({ children }: { children: ComponentChildren }) {
  return <span class="tag">{children}</span>;
}

/** One sheet of paper, with the line that every print carries (rule 13). */
export function PrintSheet({ children }: { children: ComponentChildren }) {
  return (
    <section class="print-sheet stack" data-long>
      {children}
      <p class="print-sheet-foot">{t("app.print_line")}</p>
    </section>
  );
}
