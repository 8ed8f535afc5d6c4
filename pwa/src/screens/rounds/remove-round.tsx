/** Take a round away, with a question before and undo after. For leads. */
import { useLocation } from "preact-iso";
import { showToast } from "../../components";
import { AskFirst } from "../../components/ask-first";
import { t } from "../../i18n";
import { remove, restore } from "../../state";
import type { RoundPlan } from "./round-plan";

export function RemoveRound({ plan }: { plan: RoundPlan }) {
  const { route } = useLocation();
  const takeAway = async () => {
    await remove("round", plan.id);
    route("/rounds");
    showToast({ text: t("rounds.removed"), undo: () => restore("round", plan.id) });
  };
  return (
    <div>
      <AskFirst look="careful" icon="trash" act={t("rounds.remove")} onAct={takeAway}>
        <p>{t("rounds.remove_sure")}</p>
      </AskFirst>
    </div>
  );
}
