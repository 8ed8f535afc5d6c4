/**
 * Who reads the summary by now, said to the host and to the leads: what the host opened, which
 * every device of theirs holds. Of the links, which the host alone knows, nothing is claimed.
 */
import { Banner, Button, showToast } from "../../components";
import { AUDIENCES, type Audience } from "../../generated/records";
import { formatList, t } from "../../i18n";
import { waitsForItsHost } from "./as-opened";
import { RemindHost } from "./remind-host";
import { BY_LINK, type ByLink } from "./summary-pages";

interface Props {
  opened: ReadonlySet<string>;
  isHost: boolean;
  roundId: string;
  title: string;
}

function readerWords(audience: Audience, isHost: boolean): string {
  const byOwnLink = isHost && BY_LINK.includes(audience);
  return t(byOwnLink ? `debriefs.own_reader.${audience as ByLink}` : `debriefs.reader.${audience}`);
}

export function WhoReads({ opened, isHost, roundId, title }: Props) {
  const readers = AUDIENCES.filter((each) => opened.has(each));
  if (readers.length > 0) {
    const audiences = formatList(readers.map((each) => readerWords(each, isHost)));
    const by = isHost ? "debriefs.opened_by_you" : "debriefs.opened_by_host";
    return (
      <div class="stack no-print">
        <Banner icon="people">{t(by, { audiences })}</Banner>
        {!isHost && waitsForItsHost(roundId) && <RemindHost roundId={roundId} />}
      </div>
    );
  }
  if (isHost) return null;
  return (
    <div class="stack no-print">
      <Banner icon="lock">{t("debriefs.only_host_and_leads")}</Banner>
      <RemindHost roundId={roundId} />
      <TellTheHost {...{ roundId, title }} />
    </div>
  );
}

/** Whoever has no notices on, or whom a lead would rather write to, is told in the lead's own way. */
function TellTheHost({ roundId, title }: Pick<Props, "roundId" | "title">) {
  const address = `${location.origin}/rounds/${roundId}/summary`;
  const text = t("debriefs.word_to_host", { title, address });
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    showToast({ text: t("debriefs.same_day_copied") });
  };
  return (
    <>
      <p class="soft">{t("debriefs.tell_the_host")}</p>
      <div class="cluster">
        <Button icon="copy" onPress={copy}>
          {t("debriefs.copy_word_to_host")}
        </Button>
        {"share" in navigator && (
          <Button icon="share" onPress={() => navigator.share({ text })}>
            {t("open_page.share")}
          </Button>
        )}
      </div>
    </>
  );
}
