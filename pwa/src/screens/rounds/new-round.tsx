/**
 * Begin the plan of a round: a name, the host school, a date. Also for a past round's plan
 * on a new date.
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button, Form, Select, Sheet, TextField } from "../../components";
import { compareText, t } from "../../i18n";
import { list, may, save } from "../../state";
import { makeOnce } from "../making";
import { networkScope } from "../names";
import { copyPlan } from "./copy-plan";
import { scopeOf, type RoundPlan } from "./round-plan";
import { useDraft, type DraftWords } from "../words/draft";
import { parsePicked } from "../words/words-field";

/** Stands for a school that is typed: no record has such an id. */
const TYPED = "typed";

interface Draft {
  title: string;
  school: string | null;
  schoolName: string;
  date: string;
}

/** Save the school that was typed, so that it is there for the next round too. */
async function hostSchool({ school, schoolName }: Draft): Promise<string | null> {
  if (school !== TYPED) return school;
  if (schoolName.trim() === "") return null;
  const name = schoolName.trim();
  return makeOnce("school", name, (id) => save("school", id, networkScope(), { name }));
}

async function begin(draft: Draft, copied: RoundPlan | undefined): Promise<string> {
  const date = parsePicked("date", draft.date);
  const host_school = await hostSchool(draft);
  const set = {
    title: draft.title.trim(),
    stage: "planning",
    visit_minutes: 20,
    ...(host_school && { host_school }),
    ...(typeof date === "string" && { visits_on: date }),
  } as const;
  const make = (id: string) => save("round", id, scopeOf(id), set);
  const copy = async (id: string) => copied && copyPlan(copied, id);
  return makeOnce("round", `${copied?.id ?? ""} ${set.title}`, make, copy);
}

/** The words of the form, which are there again when it was left by mistake. */
function useWordsOf(copied: RoundPlan | undefined) {
  const start = copied ? t("rounds.copy_of", { title: copied.round.fields.title }) : "";
  const title = useDraft(`rounds.new/${copied?.id ?? ""}`, start);
  const schoolName = useDraft("rounds.new.school");
  const forget = () => Promise.all([title.forget(), schoolName.forget()]);
  return { title, schoolName, forget };
}

interface NewRoundProps {
  open: boolean;
  onClose: () => void;
  copied?: RoundPlan;
  /** Hears of the new round before it is gone to. */
  onBegun?: (id: string) => Promise<void>;
}

export function NewRoundSheet({ open, onClose, copied, onBegun }: NewRoundProps) {
  const title = t(copied ? "rounds.new.copy_title" : "rounds.new.title");
  return (
    <Sheet open={open} title={title} onClose={onClose}>
      {open && (
        <NewRoundForm onClose={onClose} {...(copied && { copied })} {...(onBegun && { onBegun })} />
      )}
    </Sheet>
  );
}

function NewRoundForm({ copied, onClose, onBegun }: Omit<NewRoundProps, "open">) {
  const { route } = useLocation();
  const { title, schoolName, forget } = useWordsOf(copied);
  const [school, setSchool] = useState(copied?.round.fields.host_school ?? null);
  const [date, setDate] = useState("");
  const [asked, setAsked] = useState(false);
  const nameless = title.value.trim() === "";
  const submit = async () => {
    setAsked(true);
    if (nameless) return;
    const draft = { title: title.value, school, schoolName: schoolName.value, date };
    const id = await begin(draft, copied);
    await onBegun?.(id);
    await forget();
    onClose();
    route(`/rounds/${id}`);
  };
  const cancel = async () => {
    await forget();
    onClose();
  };
  return (
    <Form onSubmit={submit}>
      {copied && <p class="soft">{t("rounds.new.copy_hint")}</p>}
      <TextField
        label={t("rounds.new.name")}
        hint={t("rounds.new.name_hint")}
        value={title.value}
        onInput={title.onInput}
        onBlur={title.onBlur}
        wrong={asked && nameless ? t("rounds.new.name_missing") : undefined}
      />
      <HostSchool school={school} pick={setSchool} name={schoolName} />
      <TextField type="date" label={t("rounds.new.date")} value={date} onInput={setDate} />
      <div class="sheet-actions">
        <Button onPress={cancel}>{t("rounds.new.cancel")}</Button>
        <Button look="primary" type="submit">
          {t("rounds.new.create")}
        </Button>
      </div>
    </Form>
  );
}

interface HostSchoolProps {
  school: string | null;
  pick: (school: string | null) => void;
  /** Of a school that is typed. */
  name: DraftWords;
}

function HostSchool({ school, pick, name }: HostSchoolProps) {
  const schools = list("school", networkScope()).value;
  const options = schools
    .map((school) => ({ value: school.id, label: school.fields.name }))
    .sort((a, b) => compareText(a.label, b.label));
  if (may("school", networkScope()))
    options.push({ value: TYPED, label: t("rounds.new.school_typed") });
  return (
    <>
      <Select
        label={t("rounds.new.school")}
        none={t("rounds.new.school_later")}
        options={options}
        value={school}
        onChange={pick}
      />
      {school === TYPED && (
        <TextField
          label={t("rounds.new.school_name")}
          value={name.value}
          onInput={name.onInput}
          onBlur={name.onBlur}
        />
      )}
    </>
  );
}
