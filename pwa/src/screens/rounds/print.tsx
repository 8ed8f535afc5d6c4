/**
 * The print pack: what the day needs on paper, in English or Spanish, by the browser's own
 * print. What is shown is what is printed.
 *
 * Rooms are written on paper, by pen: nothing here leads from a visit number to a room.
 */
import { useRoute } from "preact-iso";
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import { Button, Empty, LinkButton, List, Row, Screen } from "../../components";
import { language, t, type Language } from "../../i18n";
import { useWords } from "./in-language";
import { PickLanguage } from "./norms";
import { DoorCards } from "./print-doors";
import { AssociationNotice, StaffLetter } from "./print-letters";
import { PlanPages } from "./print-plan";
import { ScheduleSheets } from "./print-schedule";
import { ScriptingSheets } from "./print-scripting";
import type { PrintProps } from "./paper";
import { planOf, type RoundPlan } from "./round-plan";
import "./rounds.css";
import "./print.css";

const PAPERS = ["schedule", "doors", "scripting", "letter", "notice", "plan"] as const;
type Paper = (typeof PAPERS)[number];

const PAGES: Record<Paper, FunctionComponent<PrintProps>> = {
  schedule: ScheduleSheets,
  doors: DoorCards,
  scripting: ScriptingSheets,
  letter: StaffLetter,
  notice: AssociationNotice,
  plan: PlanPages,
};

const NEEDS_SCHEDULE: readonly Paper[] = ["schedule", "doors", "scripting"];

export default function PrintScreen() {
  const { round, what } = useRoute().params;
  const plan = planOf(round ?? "");
  const paper = PAPERS.find((each) => each === what);
  if (!plan) {
    const back = { href: "/rounds", label: t("rounds.to_rounds") };
    return (
      <Screen title={t("rounds.print.title")} back={back}>
        <Empty>{t("rounds.not_here")}</Empty>
      </Screen>
    );
  }
  return paper ? <PaperScreen plan={plan} paper={paper} /> : <PackScreen plan={plan} />;
}

function PackScreen({ plan }: { plan: RoundPlan }) {
  const title = plan.round.fields.title || t("rounds.untitled");
  return (
    <Screen
      title={t("rounds.print.title")}
      lead={t("rounds.print.hint")}
      back={{ href: `/rounds/${plan.id}`, label: title }}
    >
      <List label={t("rounds.print.title")}>
        {PAPERS.map((paper) => (
          <Row
            key={paper}
            href={`/rounds/${plan.id}/print/${paper}`}
            title={t(`rounds.print.what.${paper}`)}
            detail={t(`rounds.print.about.${paper}`)}
          />
        ))}
      </List>
    </Screen>
  );
}

function PaperScreen({ plan, paper }: { plan: RoundPlan; paper: Paper }) {
  const [wanted, setWanted] = useState<Language>(language.value);
  const words = useWords(wanted);
  const Pages = PAGES[paper];
  const bare = NEEDS_SCHEDULE.includes(paper) && plan.slots.length === 0;
  const print = (
    <Button look="primary" icon="print" disabled={!words} onPress={() => window.print()}>
      {t("rounds.print.print")}
    </Button>
  );
  return (
    <Screen
      title={t(`rounds.print.what.${paper}`)}
      lead={t(`rounds.print.about.${paper}`)}
      back={{ href: `/rounds/${plan.id}/print/pack`, label: t("rounds.print.title") }}
      action={!bare && print}
    >
      {bare ? (
        <NoSchedule plan={plan} />
      ) : (
        <>
          <div class="no-print">
            <PickLanguage label="rounds.print.language" value={wanted} onChange={setWanted} />
          </div>
          <div class="papers" lang={wanted}>
            {words && <Pages plan={plan} words={words} />}
          </div>
        </>
      )}
    </Screen>
  );
}

function NoSchedule({ plan }: { plan: RoundPlan }) {
  return (
    <Empty
      action={
        <LinkButton href={`/rounds/${plan.id}/plan/schedule`}>
          {t("rounds.print.open_schedule")}
        </LinkButton>
      }
    >
      {t("rounds.print.needs_schedule")}
    </Empty>
  );
}
