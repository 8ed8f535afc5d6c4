/**
 * Classrooms V1, V2, ...: a visit number and what may be said of it without saying who.
 *
 * A number's id is made from the round and the number, so that two tablets that add V5 make
 * one V5. Nothing here knows a room.
 */
import { useState } from "preact/hooks";
import { Button, Icon, Row, Sheet, showToast, TextField } from "../../components";
import { freeNumbers } from "../../domain/rounds";
import { PROGRAM_CONTEXTS, type GradeBand, type SchoolSubject } from "../../generated/records";
import { t } from "../../i18n";
import { save } from "../../state";
import { BandSelect, SubjectSelect } from "./classroom-picks";
import { ClassroomSheet } from "./classroom-sheet";
import { saveAnew } from "../revive";
import {
  aboutClassroom,
  classroomId,
  classroomOf,
  partIn,
  teamName,
  visitWord,
  type Classroom,
  type RoundPlan,
} from "./round-plan";

/** Every field is said anew: the number may have been there before and taken away. */
async function addClassrooms(plan: RoundPlan, count: number): Promise<void> {
  const taken = plan.classrooms.map((each) => each.fields.number);
  for (const number of freeNumbers(taken, count)) {
    await saveAnew("classroom", classroomId(plan.id, number), plan.scope, {
      ...{ number, grade_band: null, subject: null, spare_of: null, joined_to: null },
      ...{ free_from: null, free_until: null },
      ...Object.fromEntries(PROGRAM_CONTEXTS.map((word) => [`context/${word}`, false])),
    });
  }
  showToast({ text: t("rounds.classrooms.added", { count }) });
}

export function ClassroomsPart({ plan }: { plan: RoundPlan }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const { plans } = partIn(plan);
  const planned = plan.classrooms.filter((each) => !each.fields.spare_of);
  const spares = plan.classrooms.filter((each) => each.fields.spare_of);
  const rows = (classrooms: readonly Classroom[], label: string) => (
    <Rows plan={plan} classrooms={classrooms} label={label} open={plans ? setOpenId : undefined} />
  );
  return (
    <div class="stack-wide">
      <div class="stack">
        {plans && <p class="soft">{t("rounds.classrooms.hint")}</p>}
        {plans && planned.length === 0 && <p>{t("rounds.classrooms.none")}</p>}
        {planned.length > 0 && rows(planned, t("rounds.part.classrooms"))}
        {plans ? (
          <AddClassrooms plan={plan} first={planned.length === 0} />
        ) : (
          planned.length === 0 && <p class="soft">{t("rounds.classrooms.none_read")}</p>
        )}
      </div>
      {plans && planned.length > 1 && <SameForAll classrooms={planned} scope={plan.scope} />}
      {spares.length > 0 && (
        <section class="section">
          <h2>{t("rounds.classrooms.spares")}</h2>
          <p class="soft label">{t("rounds.classrooms.spares_hint")}</p>
          {rows(spares, t("rounds.classrooms.spares"))}
        </section>
      )}
      <ClassroomSheet plan={plan} id={openId} onClose={() => setOpenId(null)} />
    </div>
  );
}

interface RowsProps {
  plan: RoundPlan;
  classrooms: readonly Classroom[];
  label: string;
  open: ((id: string) => void) | undefined;
}

function Rows({ plan, classrooms, label, open }: RowsProps) {
  return (
    <ul class="list" aria-label={label}>
      {classrooms.map((classroom) => (
        <Row
          key={classroom.id}
          title={<span class="figures">{visitWord(classroom)}</span>}
          detail={classroomDetail(plan, classroom)}
          end={open && <Icon name="forward" size={16} />}
          onPress={open && (() => open(classroom.id))}
        />
      ))}
    </ul>
  );
}

function classroomDetail(plan: RoundPlan, classroom: Classroom): string {
  const { joined_to, spare_of } = classroom.fields;
  const joined = classroomOf(plan, joined_to);
  if (joined) return t("rounds.classrooms.counts_as", { other: visitWord(joined) });
  const team = plan.teams.find((each) => each.id === spare_of);
  const spare = team && t("rounds.classrooms.spare_of", { team: teamName(plan, team) });
  const about = aboutClassroom(classroom);
  return [spare, about].filter(Boolean).join(" · ") || t("rounds.classrooms.open");
}

/** "12 classrooms" at once; a network plans many. */
function AddClassrooms({ plan, first }: { plan: RoundPlan; first: boolean }) {
  const [typed, setTyped] = useState(first ? "12" : "1");
  const count = Number(typed);
  const possible = Number.isInteger(count) && count >= 1 && count <= 99;
  const add = async () => {
    if (!possible) return;
    setTyped("1");
    await addClassrooms(plan, count);
  };
  return (
    <div class="add-line">
      <TextField
        type="number"
        inputMode="numeric"
        min={1}
        max={99}
        label={t(first ? "rounds.classrooms.how_many" : "rounds.classrooms.add_count")}
        value={typed}
        onInput={setTyped}
        onEnter={add}
      />
      <Button icon="add" disabled={!possible} onPress={add}>
        {t("rounds.classrooms.add")}
      </Button>
    </div>
  );
}

interface SameForAllProps {
  classrooms: readonly Classroom[];
  scope: string;
}

/** Fill in what is still open everywhere; what somebody said stays. */
function SameForAll({ classrooms, scope }: SameForAllProps) {
  const [open, setOpen] = useState(false);
  const [band, setBand] = useState<GradeBand | null>(null);
  const [subject, setSubject] = useState<SchoolSubject | null>(null);
  const bare = classrooms.filter((each) => !each.fields.grade_band || !each.fields.subject);
  if (bare.length < 2) return null;
  const fill = async () => {
    for (const { id, fields } of bare) {
      const set = {
        ...(band && !fields.grade_band && { grade_band: band }),
        ...(subject && !fields.subject && { subject }),
      };
      if (Object.keys(set).length > 0) await save("classroom", id, scope, set);
    }
    setOpen(false);
    showToast({ text: t("rounds.classrooms.filled") });
  };
  return (
    <div>
      <Button onPress={() => setOpen(true)}>{t("rounds.classrooms.same")}</Button>
      <Sheet
        open={open}
        title={t("rounds.classrooms.same")}
        onClose={() => setOpen(false)}
        actions={
          <Button look="primary" disabled={!band && !subject} onPress={fill}>
            {t("rounds.classrooms.fill")}
          </Button>
        }
      >
        <p class="soft">{t("rounds.classrooms.same_hint")}</p>
        <BandSelect value={band} onChange={setBand} />
        <SubjectSelect value={subject} onChange={setSubject} />
      </Sheet>
    </div>
  );
}
