/** The plain page of joining and signing in: the app's mark, a title, one form. */
import type { ComponentChildren } from "preact";
import { Screen } from "../../components";
import { t } from "../../i18n";
import "./accounts.css";

interface EntranceProps {
  title: string;
  lead?: string | undefined;
  children: ComponentChildren;
}

export function Entrance({ title, lead, children }: EntranceProps) {
  return (
    <div class="entrance">
      <p class="entrance-mark">
        <img src="/icon.svg" width="40" height="40" alt="" />
        {t("app.name")}
      </p>
      <Screen title={title} lead={lead}>
        {children}
      </Screen>
    </div>
  );
}
