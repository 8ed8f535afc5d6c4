/**
 * The one place that says what has not been sent and why, in words; it leads to *Not sent
 * yet*. A rail always has it; a phone, short of room, only while there is something to say.
 */
import { Icon, unsentWords, type IconName } from "../components";
import { t } from "../i18n";
import { link, saveTrouble, setAside, waiting } from "../state";

interface Line {
  icon: IconName;
  words: string;
}

function line(): Line {
  const aside = setAside.value.length;
  if (saveTrouble.value) return { icon: "careful", words: t("evidence.not_saved_yet") };
  if (link.value === "signed_out") return { icon: "lock", words: t("sync.signed_out_line") };
  if (aside) return { icon: "careful", words: t("sync.look_here", { count: aside }) };
  if (link.value === "offline") {
    const words = waiting.value.count ? unsentWords(waiting.value) : t("sync.nothing_unsent");
    return { icon: "offline", words: t("sync.offline_line", { words }) };
  }
  if (link.value === "sending") return { icon: "server", words: t("sync.sending") };
  return { icon: waiting.value.count ? "tablet" : "check", words: unsentWords(waiting.value) };
}

/** `brief`: nothing where everything is on the server. */
export function StatusLine({ brief }: { brief?: boolean }) {
  const { icon, words } = line();
  if (brief && icon === "check") return null;
  return (
    <a class="status status-line" href="/not-sent">
      <Icon name={icon} size={16} />
      {words}
    </a>
  );
}
