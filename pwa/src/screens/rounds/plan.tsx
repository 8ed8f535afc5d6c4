/**
 * The plan of a round, part by part: the parts at the left, the one that is open beside them.
 * With room for both the first part is open by itself.
 *
 * Whoever may not write reads the same pages.
 */
import { useRoute } from "preact-iso";
import type { FunctionComponent } from "preact";
import { Banner, Empty, Screen, Section, TwoPane } from "../../components";
import { PARTS, type Part } from "../../domain/rounds";
import { t } from "../../i18n";
import { ClassroomsPart } from "./classrooms";
import { DayPart } from "./day";
import { NormsPart } from "./norms";
import { PlanParts } from "./parts-list";
import { PeoplePart } from "./people";
import { ProblemPart } from "./problem";
import { QuestionsPart } from "./questions";
import { partIn, planOf, type RoundPlan } from "./round-plan";
import { SchedulePart } from "./schedule";
import { TheoryPart } from "./theory";
import { useWide } from "../wide";
import "./rounds.css";

const PAGES: Record<Part, FunctionComponent<{ plan: RoundPlan }>> = {
  day: DayPart,
  problem: ProblemPart,
  theory: TheoryPart,
  questions: QuestionsPart,
  classrooms: ClassroomsPart,
  people: PeoplePart,
  schedule: SchedulePart,
  norms: NormsPart,
};

function asPart(word: string | undefined): Part | undefined {
  return PARTS.find((part) => part === word);
}

export default function PlanScreen() {
  const params = useRoute().params;
  const plan = planOf(params["round"] ?? "");
  const wide = useWide();
  const part = asPart(params["part"]) ?? (wide ? PARTS[0] : undefined);
  if (!plan) {
    return (
      <Screen
        title={t("rounds.plan_title")}
        back={{ href: "/rounds", label: t("rounds.to_rounds") }}
      >
        <Empty>{t("rounds.not_here")}</Empty>
      </Screen>
    );
  }
  const title = plan.round.fields.title || t("rounds.untitled");
  const own = `/rounds/${plan.id}`;
  return (
    <Screen
      wide
      title={part ? t(`rounds.part.${part}`) : t("rounds.plan_title")}
      back={{ href: own, label: title }}
    >
      <div class="plan-panes">
        <TwoPane
          list={<PlanParts plan={plan} current={part} />}
          back={{ href: `${own}/plan`, label: t("rounds.all_parts") }}
          detail={part ? <PartPage plan={plan} part={part} /> : null}
        />
      </div>
    </Screen>
  );
}

function PartPage({ plan, part }: { plan: RoundPlan; part: Part }) {
  const Page = PAGES[part];
  const { plans } = partIn(plan);
  return (
    <Section>
      {!plans && part !== "norms" && <Banner>{t("rounds.read_only")}</Banner>}
      <Page plan={plan} key={plan.id} />
    </Section>
  );
}
