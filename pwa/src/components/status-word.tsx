/**
 * Where words are, said in words and shape: on this tablet, or on the server too. A change to
 * a plan is never called a note. Never says *On the server* by guess: the screen hands over what the record's status is.
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

interface OnlyHere {
  notes: number;
  changes: number;
}

/** "3 notes only on this tablet", "3 notes and 2 changes ...", or that nothing is. */
export function unsentWords({ notes, changes }: OnlyHere): string {
  if (notes && changes) {
    return t("sync.both_only_on_tablet", {
      notes: t("sync.some_notes", { count: notes }),
      changes: t("sync.some_changes", { count: changes }),
    });
  }
  if (notes) return t("sync.only_on_tablet", { count: notes });
  if (changes) return t("sync.changes_only_on_tablet", { count: changes });
  return t("sync.all_on_server");
}
