/**
 * Not sent yet: what is only on this tablet, what was not accepted, with its text, and a
 * copy to save, with the radio off too.
 */
import { useState } from "preact/hooks";
import { Banner, Button, Empty, List, Row, Screen, Section, Sheet } from "../components";
import { showToast, unsentWords } from "../components";
import { formatAgo, formatMoment, isKey, t } from "../i18n";
import { discardSetAside, link, retrySetAside, setAside, syncNow, waiting } from "../state";
import type { SetAside } from "../state";
import { saveCopy } from "./unsent-copy";

function reasonWords(reason: SetAside["reason"]): string {
  const key = `vocabulary.set_aside_reason.${reason}`;
  if (isKey(key)) return t(key);
  const own = `sync.reason_${reason}`;
  return isKey(own) ? t(own) : t("sync.reason_refused");
}

/** The words that the person wrote in it; what is no text is told by its kind alone. */
function textOf({ values, kind }: SetAside): string {
  const texts = Object.values(values).filter(
    (value): value is string => typeof value === "string" && value.includes(" "),
  );
  const short = Object.values(values).find((value) => typeof value === "string");
  if (texts.length) return texts.join("\n");
  const name = `sync.kind_${kind}`;
  return typeof short === "string" && "text" in values ? short : isKey(name) ? t(name) : "";
}

function Discard({ change, onClose }: { change: SetAside; onClose: () => void }) {
  const discard = async () => {
    await discardSetAside(change.changeId);
    onClose();
    showToast({ text: t("sync.discarded") });
  };
  return (
    <Sheet
      open
      title={t("sync.discard_title")}
      onClose={onClose}
      actions={
        <Button look="careful" onPress={discard}>
          {t("sync.discard")}
        </Button>
      }
    >
      <p>{t("sync.discard_what_happens")}</p>
      <p class="kept-words">{textOf(change)}</p>
    </Sheet>
  );
}

function Tray({ changes }: { changes: readonly SetAside[] }) {
  const [going, setGoing] = useState<SetAside>();
  return (
    <Section title={t("sync.not_accepted_yet")}>
      <p class="soft">{t("sync.tray_lead")}</p>
      <List label={t("sync.not_accepted_yet")}>
        {changes.map((change) => (
          <li key={change.changeId} class="kept">
            <p class="kept-words">{textOf(change) || t("sync.some_changes", { count: 1 })}</p>
            <p class="soft label">
              {reasonWords(change.reason)} {formatMoment(change.madeAt)}
            </p>
            <div class="cluster">
              <Button icon="undo" onPress={() => retrySetAside(change.changeId)}>
                {t("sync.retry")}
              </Button>
              <Button look="quiet" onPress={() => setGoing(change)}>
                {t("sync.discard")}
              </Button>
            </div>
          </li>
        ))}
      </List>
      {going && <Discard change={going} onClose={() => setGoing(undefined)} />}
    </Section>
  );
}

function Waiting() {
  const { count, oldestAt } = waiting.value;
  if (count === 0) return <Empty>{t("sync.nothing_waits")}</Empty>;
  return (
    <List>
      <Row
        title={unsentWords(waiting.value)}
        detail={oldestAt && t("sync.oldest", { when: formatAgo(oldestAt) })}
      />
    </List>
  );
}

export default function NotSent() {
  const { count } = waiting.value;
  const aside = setAside.value;
  const any = count + aside.length > 0;
  return (
    <Screen
      title={t("sync.title")}
      lead={t("sync.title_lead")}
      action={
        count > 0 && (
          <Button look="primary" onPress={syncNow} disabled={link.value === "signed_out"}>
            {t("sync.send_now")}
          </Button>
        )
      }
    >
      {link.value === "offline" && <Banner icon="offline">{t("sync.offline_why")}</Banner>}
      <Section title={t("sync.waiting_title")}>
        <Waiting />
      </Section>
      {aside.length > 0 && <Tray changes={aside} />}
      <Section title={t("sync.copy_title")}>
        {any && (
          <>
            <p class="soft">{t("sync.copy_lead")}</p>
            <div>
              <Button icon="download" onPress={saveCopy}>
                {t("sync.save_copy")}
              </Button>
            </div>
          </>
        )}
        <p class="soft">
          {/* Not the router's: a page of its own. */}
          <a href="/rescue.html" target="_top">
            {t("sync.rescue")}
          </a>
          <br />
          {t("sync.rescue_detail")}
        </p>
      </Section>
    </Screen>
  );
}
