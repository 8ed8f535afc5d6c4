/**
 * Where words are, said in words and shape: on this tablet, or on the server too. Never
 * says *On the server* by guess: the screen hands over what the record's status is.
 */
import { t, type Key } from "../i18n";
import { Icon, type IconName } from "./icon";

export type Status = "saving" | "on_tablet" | "on_server" | "set_aside";

const LOOKS: Record<Status, { icon: IconName; words: Key }> = {
  saving: { icon: "edit", words: "sync.saving" },
  on_tablet: { icon: "tablet", words: "sync.on_tablet" },
  on_server: { icon: "check", words: "sync.on_server" },
  set_aside: { icon: "careful", words: "sync.not_accepted_yet" },
};

/** Quiet by default: a status that is read out at every save would be noise in a classroom. */
export function StatusWord({ status }: { status: Status }) {
  const { icon, words } = LOOKS[status];
  return (
    <span class="status" data-status={status}>
      <Icon name={icon} size={16} />
      {t(words)}
    </span>
  );
}

/** "3 notes only on this tablet", or that everything is on the server. */
export function UnsentWord({ count }: { count: number }) {
  return (
    <span class="status" data-status={count ? "on_tablet" : "on_server"}>
      <Icon name={count ? "tablet" : "check"} size={16} />
      {count ? t("sync.only_on_tablet", { count }) : t("sync.all_on_server")}
    </span>
  );
}
