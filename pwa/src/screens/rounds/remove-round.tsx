/** Take a round away, with a question before and undo after. For leads. */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button, Sheet, showToast } from "../../components";
import { t } from "../../i18n";
import { remove, restore } from "../../state";
import type { RoundPlan } from "./round-plan";

export function RemoveRound({ plan }: { plan: RoundPlan }) {
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const takeAway = async () => {
    await remove("round", plan.id);
    route("/rounds");
    showToast({ text: t("rounds.removed"), undo: () => restore("round", plan.id) });
  };
  return (
    <div>
      <Button look="careful" icon="trash" onPress={() => setAsking(true)}>
        {t("rounds.remove")}
      </Button>
      <Sheet
        open={asking}
        title={t("rounds.remove")}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{t("rounds.new.cancel")}</Button>
            <Button look="careful" onPress={takeAway}>
              {t("rounds.remove")}
            </Button>
          </>
        }
      >
        <p>{t("rounds.remove_sure")}</p>
      </Sheet>
    </div>
  );
}
