/** When and how the network comes back: an hour's conversation, or a second visit. */
import { useState } from "preact/hooks";
import { Button, List, Row, Section } from "../../components";
import { REVISIT_FORMS } from "../../generated/records";
import { formatDate, t } from "../../i18n";
import { may, save } from "../../state";
import { NewRoundSheet } from "../rounds/new-round";
import { planOf } from "../rounds/round-plan";
import { mayPlanRounds } from "../rounds/rounds";
import { ChoiceField } from "../words/chosen-field";
import { PickedField } from "../words/words-field";
import { saveCalendar } from "./calendar";
import type { Coming } from "./revisits";

/** The hour, part by part, in the order of this page. */
const AGENDA = [
  ["agenda_seal", 5],
  ["agenda_patterns", 20],
  ["agenda_predictions", 10],
  ["agenda_items", 15],
  ["agenda_theory", 10],
] as const;

function Agenda() {
  return (
    <details class="fold no-print">
      <summary>{t("improvement.agenda")}</summary>
      <ol class="agenda">
        {AGENDA.map(([part, minutes]) => (
          <li key={part}>
            <span>{t(`improvement.${part}`)}</span>
            <span class="soft label">{t("improvement.minutes", { count: minutes })}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function SecondVisit({ coming }: { coming: Coming }) {
  const [planning, setPlanning] = useState(false);
  const { board, second } = coming;
  const plan = planOf(board.roundId);
  if (second) {
    const { title, visits_on: day } = second.fields;
    return (
      <List label={t("improvement.second_visit")}>
        <Row
          href={`/rounds/${second.id}`}
          title={title || t("improvement.second_visit")}
          detail={day ? formatDate(day) : t("improvement.second_date_open")}
        />
      </List>
    );
  }
  if (!plan || !mayPlanRounds()) return null;
  const begun = (id: string) => save("revisit", board.revisitId, board.scope, { second_round: id });
  return (
    <div class="stack">
      <p class="soft">{t("improvement.plan_second_hint")}</p>
      <div>
        <Button icon="add" onPress={() => setPlanning(true)}>
          {t("improvement.plan_second")}
        </Button>
      </div>
      <NewRoundSheet
        open={planning}
        onClose={() => setPlanning(false)}
        copied={plan}
        onBegun={begun}
      />
    </div>
  );
}

function RevisitFile({ coming }: { coming: Coming }) {
  const { board, meetsOn } = coming;
  if (!meetsOn || coming.seal === "opened") return null;
  const put = () =>
    saveCalendar(t("improvement.revisit"), {
      id: board.revisitId,
      date: meetsOn,
      title: t("improvement.calendar_revisit", { title: board.round?.fields.title ?? "" }),
      notes: t("improvement.revisit_lead"),
    });
  return (
    <div>
      <Button icon="download" onPress={put}>
        {t("improvement.to_calendar")}
      </Button>
    </div>
  );
}

export function RevisitPlan({ coming }: { coming: Coming }) {
  const { board, second } = coming;
  const place = { kind: "revisit", id: board.revisitId, scope: board.scope } as const;
  const form = board.revisit?.form ?? null;
  const hasOwnDay = form === "second_visit" && Boolean(second?.fields.visits_on);
  return (
    <Section title={t("improvement.how_we_come_back")}>
      <div class="stack no-print">
        <ChoiceField
          {...place}
          field="form"
          label={t("improvement.revisit_form")}
          options={REVISIT_FORMS.map((value) => ({
            value,
            label: t(`vocabulary.revisit_form.${value}`),
          }))}
          value={form}
          disabled={!may("revisit", board.scope)}
        />
        {form === "second_visit" && <SecondVisit coming={coming} />}
        {!hasOwnDay && (
          <PickedField
            {...place}
            field="meets_on"
            type="date"
            label={t("improvement.meets_on")}
            hint={t("improvement.meets_on_hint")}
            read={formatDate}
          />
        )}
        <RevisitFile coming={coming} />
        {form !== "second_visit" && <Agenda />}
      </div>
    </Section>
  );
}
