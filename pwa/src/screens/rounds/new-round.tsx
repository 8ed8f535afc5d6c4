/**
 * Begin the plan of a round: a name, the host school, a date. Also for a past round's plan
 * on a new date.
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Button, Form, Select, Sheet, TextField } from "../../components";
import { compareText, t } from "../../i18n";
import { list, may, newId, save } from "../../state";
import { networkScope } from "../names";
import { copyPlan } from "./copy-plan";
import { scopeOf, type RoundPlan } from "./round-plan";
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
  const id = newId();
  await save("school", id, networkScope(), { name: schoolName.trim() });
  return id;
}

async function begin(draft: Draft, copied: RoundPlan | undefined): Promise<string> {
  const id = newId();
  const date = parsePicked("date", draft.date);
  const host_school = await hostSchool(draft);
  await save("round", id, scopeOf(id), {
    title: draft.title.trim(),
    stage: "planning",
    visit_minutes: 20,
    ...(host_school && { host_school }),
    ...(typeof date === "string" && { visits_on: date }),
  });
  if (copied) await copyPlan(copied, id);
  return id;
}

function draftOf(copied: RoundPlan | undefined): Draft {
  const title = copied ? t("rounds.copy_of", { title: copied.round.fields.title }) : "";
  return { title, school: copied?.round.fields.host_school ?? null, schoolName: "", date: "" };
}

interface NewRoundProps {
  open: boolean;
  onClose: () => void;
  copied?: RoundPlan;
}

export function NewRoundSheet({ open, onClose, copied }: NewRoundProps) {
  const title = t(copied ? "rounds.new.copy_title" : "rounds.new.title");
  return (
    <Sheet open={open} title={title} onClose={onClose}>
      {open && <NewRoundForm onClose={onClose} {...(copied && { copied })} />}
    </Sheet>
  );
}

function NewRoundForm({ copied, onClose }: Omit<NewRoundProps, "open">) {
  const { route } = useLocation();
  const [draft, setDraft] = useState(() => draftOf(copied));
  const [asked, setAsked] = useState(false);
  const nameless = draft.title.trim() === "";
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = async () => {
    setAsked(true);
    if (nameless) return;
    const id = await begin(draft, copied);
    onClose();
    route(`/rounds/${id}`);
  };
  return (
    <Form onSubmit={submit}>
      {copied && <p class="soft">{t("rounds.new.copy_hint")}</p>}
      <TextField
        label={t("rounds.new.name")}
        hint={t("rounds.new.name_hint")}
        value={draft.title}
        onInput={(value) => change({ title: value })}
        wrong={asked && nameless ? t("rounds.new.name_missing") : undefined}
      />
      <HostSchool draft={draft} change={change} />
      <TextField
        type="date"
        label={t("rounds.new.date")}
        value={draft.date}
        onInput={(date) => change({ date })}
      />
      <div class="sheet-actions">
        <Button onPress={onClose}>{t("rounds.new.cancel")}</Button>
        <Button look="primary" type="submit">
          {t("rounds.new.create")}
        </Button>
      </div>
    </Form>
  );
}

function HostSchool({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
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
        value={draft.school}
        onChange={(school) => change({ school })}
      />
      {draft.school === TYPED && (
        <TextField
          label={t("rounds.new.school_name")}
          value={draft.schoolName}
          onInput={(schoolName) => change({ schoolName })}
        />
      )}
    </>
  );
}
