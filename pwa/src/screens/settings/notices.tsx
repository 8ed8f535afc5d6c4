/** The switch for notices of this browser, or why there is none. */
import { useEffect } from "preact/hooks";
import { Banner, Toggle, useAsking } from "../../components";
import { t } from "../../i18n";
import { lookAtNotices, notices, switchOff, switchOn } from "../../notices";

export function NoticesSwitch() {
  const { waiting, error, run } = useAsking();
  useEffect(() => void lookAtNotices().catch(() => undefined), []);
  const state = notices.value;
  if (state === "unknown") return null;
  if (state === "not_here") return <p class="soft">{t("notices.not_here")}</p>;
  if (state === "blocked") return <p class="soft">{t("notices.blocked")}</p>;
  return (
    <>
      <Toggle
        label={t("notices.switch")}
        hint={t("notices.switch_hint")}
        checked={state === "on"}
        disabled={waiting}
        onChange={(on) => void run(on ? switchOn : switchOff)}
      />
      {error !== undefined && <Banner icon="careful">{t("notices.did_not_work")}</Banner>}
    </>
  );
}
