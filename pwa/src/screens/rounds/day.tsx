/** The day: when, where, and what a guest at the door needs to know. */
import { List, Row } from "../../components";
import { compareText, formatDate, formatTime, t } from "../../i18n";
import { list, may } from "../../state";
import { networkScope, schoolName } from "../names";
import { type RoundPlan } from "./round-plan";
import { SelectField } from "../words/chosen-field";
import type { SavedField } from "../words/saved-field";
import { PickedField, WordsField } from "../words/words-field";

type DayField = SavedField<"round">["field"];

function at(plan: RoundPlan, field: DayField): SavedField<"round"> & { label: string } {
  const label = t(`rounds.day.${field}` as "rounds.day.title");
  return { kind: "round", id: plan.id, scope: plan.scope, field, label };
}

export function DayPart({ plan }: { plan: RoundPlan }) {
  const time = { type: "time", read: formatTime } as const;
  return (
    <div class="stack-wide">
      <div class="stack">
        <WordsField {...at(plan, "title")} />
        <HostSchool plan={plan} />
        <PickedField {...at(plan, "visits_on")} type="date" read={formatDate} />
        <div class="two-by-two">
          <PickedField {...at(plan, "begins_at")} {...time} />
          <PickedField {...at(plan, "ends_at")} {...time} />
          <PickedField {...at(plan, "lunch_begins_at")} {...time} />
          <PickedField {...at(plan, "lunch_ends_at")} {...time} />
        </div>
        <PickedField
          {...at(plan, "visit_minutes")}
          hint={t("rounds.day.visit_minutes_hint")}
          type="number"
          min={5}
          max={120}
        />
      </div>
      <Place plan={plan} />
    </div>
  );
}

function Place({ plan }: { plan: RoundPlan }) {
  return (
    <div class="stack">
      <h2>{t("rounds.day.where")}</h2>
      <WordsField {...at(plan, "address")} long rows={2} />
      <WordsField {...at(plan, "entrance")} hint={t("rounds.day.entrance_hint")} long rows={2} />
      <WordsField {...at(plan, "parking")} long rows={1} />
      <WordsField {...at(plan, "meeting_room")} hint={t("rounds.day.meeting_room_hint")} />
      <WordsField {...at(plan, "phone")} type="tel" />
      <WordsField {...at(plan, "day_notes")} hint={t("rounds.day.day_notes_hint")} long />
    </div>
  );
}

function HostSchool({ plan }: { plan: RoundPlan }) {
  const field = at(plan, "host_school");
  const name = schoolName(plan.round.fields.host_school);
  if (!may("round", plan.scope, ["host_school"])) {
    return (
      <div class="read-words">
        <p class="field-label">{field.label}</p>
        <p>{name || t("rounds.no_school")}</p>
      </div>
    );
  }
  const options = list("school", networkScope())
    .value.map((school) => ({ value: school.id, label: school.fields.name }))
    .sort((a, b) => compareText(a.label, b.label));
  return (
    <SelectField
      {...field}
      none={t("rounds.new.school_later")}
      options={options}
      value={plan.round.fields.host_school}
    />
  );
}

/** The day for whoever comes: only what is said, nothing that is open. */
export function DaySummary({ plan }: { plan: RoundPlan }) {
  const { fields } = plan.round;
  const rows = [
    { title: t("rounds.day.when"), detail: dayTimes(plan) },
    ...(["address", "entrance", "parking", "meeting_room", "phone", "day_notes"] as const).map(
      (field) => ({ title: t(`rounds.day.${field}`), detail: fields[field].trim() }),
    ),
  ].filter((row) => row.detail);
  if (rows.length === 0) return <p class="soft">{t("rounds.day.nothing")}</p>;
  return (
    <List label={t("rounds.part.day")}>
      {rows.map((row) => (
        <Row
          key={row.title}
          title={row.title}
          detail={<span class="as-written">{row.detail}</span>}
        />
      ))}
    </List>
  );
}

/** "Thursday, November 12, 2026 · 8:00 to 15:30 · Lunch 12:00 to 12:45". */
export function dayTimes({ round: { fields } }: RoundPlan): string {
  const span = (from: string | null, to: string | null) =>
    from && to
      ? t("rounds.day.between", { from: formatTime(from), to: formatTime(to) })
      : formatTime(from ?? to ?? "");
  const lunch = span(fields.lunch_begins_at, fields.lunch_ends_at);
  return [
    fields.visits_on && formatDate(fields.visits_on),
    span(fields.begins_at, fields.ends_at),
    lunch && `${t("rounds.day.lunch")} ${lunch}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
