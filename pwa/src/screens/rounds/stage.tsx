/** Whether a plan is still being made or stands, as its lead or host says. Never blocks. */
import { Banner, Button, showToast } from "../../components";
import { t } from "../../i18n";
import { save } from "../../state";
import { stateOfParts, type RoundPlan } from "./round-plan";

async function setStage(plan: RoundPlan, stage: "planning" | "ready"): Promise<void> {
  const before = plan.round.fields.stage;
  await save("round", plan.id, plan.scope, { stage });
  showToast({
    text: t(stage === "ready" ? "rounds.overview.now_ready" : "rounds.overview.now_planning"),
    undo: () => save("round", plan.id, plan.scope, { stage: before }),
  });
}

export function StageBanner({ plan }: { plan: RoundPlan }) {
  const open = stateOfParts(plan).filter((part) => !part.ready).length;
  if (plan.round.fields.stage === "closed") return null;
  if (plan.round.fields.stage === "ready") {
    return (
      <Banner
        icon="check"
        action={
          <Button look="quiet" onPress={() => setStage(plan, "planning")}>
            {t("rounds.overview.planning_again")}
          </Button>
        }
      >
        {t("rounds.overview.now_ready")}
      </Banner>
    );
  }
  return (
    <div class="stage">
      <div class="stage-words">
        <p>
          {open === 0
            ? t("rounds.overview.all_stands")
            : t("rounds.overview.open_parts", { count: open })}
        </p>
        <p class="label soft">
          {t(open === 0 ? "rounds.overview.say_ready_hint" : "rounds.overview.say_ready_anyway")}
        </p>
      </div>
      <Button icon="check" onPress={() => setStage(plan, "ready")}>
        {t("rounds.overview.say_ready")}
      </Button>
    </div>
  );
}
