/** Why the server did not answer, with a press that asks again. */
import { isAway, whyNot } from "../../api";
import { Banner, Button } from "../../components";
import { t } from "../../i18n";

interface Props {
  error: unknown;
  again: () => void;
  /** What is said where there is no connection. */
  away?: "patterns.online_only" | "patterns.left_away";
}

export function Unanswered({ error, again, away = "patterns.online_only" }: Props) {
  return (
    <Banner
      icon={isAway(error) ? "offline" : "careful"}
      action={<Button onPress={again}>{t("app.try_again")}</Button>}
    >
      {isAway(error) ? t(away) : whyNot(error)}
    </Banner>
  );
}
