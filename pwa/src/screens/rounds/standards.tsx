/**
 * What was taken in from frameworks: questions that go into a plan, and standards that stand
 * beside a question by their codes.
 */
import { useState } from "preact/hooks";
import { Button, Checkbox, Empty, Sheet, TextField } from "../../components";
import { compareText, t } from "../../i18n";
import { derivedId, list, record, remove, save, type RecordView } from "../../state";
import { fits } from "../accounts/people";
import { revive } from "../revive";
import { nextOrder, type RoundPlan } from "./round-plan";

type Standard = RecordView<"standard">;
type Question = RecordView<"focus_question">;

/** Of a long framework one sees so many; the others are found by typing. */
const SHOWN = 40;

function titleOf({ fields }: Standard): string {
  return record("framework", fields.framework ?? "").value?.fields.title ?? "";
}

/**
 * Everything that the network took in and did not remove, and that no newer edition dropped, by
 * framework, in its order.
 */
export function standardsHere(): Standard[] {
  return list("standard")
    .value.filter((standard) => titleOf(standard) && !standard.fields.dropped)
    .sort(
      (a, b) =>
        compareText(titleOf(a), titleOf(b)) || (a.fields.order ?? 0) - (b.fields.order ?? 0),
    );
}

interface PickProps {
  from: readonly Standard[];
  isIn: (standard: Standard) => boolean;
  onPick: (standard: Standard, isIn: boolean) => Promise<void>;
}

/** `M.6.RP` is found by `6.RP` too, and by any word of the text. */
function findable({ fields: { code, text } }: Standard): string {
  const parts = code.split(".");
  return [...parts.map((_, at) => parts.slice(at).join(".")), text].join(" ");
}

/** What is ticked stands first when the sheet opens, and stays where it is while one ticks. */
function Pick({ from, isIn, onPick }: PickProps) {
  const [typed, setTyped] = useState("");
  const [first] = useState(() => new Set(from.filter(isIn).map(({ id }) => id)));
  const ordered = from.toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
  const found = ordered.filter((standard) => fits(findable(standard), typed));
  return (
    <div class="stack">
      {from.length > 8 && (
        <TextField
          label={t("rounds.questions.find")}
          type="search"
          value={typed}
          onInput={setTyped}
        />
      )}
      {found.length === 0 && <Empty>{t("rounds.questions.no_find")}</Empty>}
      {found.slice(0, SHOWN).map((standard) => (
        <Checkbox
          key={standard.id}
          label={standard.fields.text}
          hint={[standard.fields.code, titleOf(standard)].filter(Boolean).join(" · ")}
          checked={isIn(standard)}
          onChange={(value) => void onPick(standard, value)}
        />
      ))}
      {found.length > SHOWN && <p class="soft label">{t("rounds.questions.more")}</p>}
    </div>
  );
}

/** The question of a plan that was chosen from a list: one, however often it is chosen. */
function questionId(plan: RoundPlan, standard: Standard): string {
  return derivedId(plan.id, standard.id);
}

async function choose(plan: RoundPlan, standard: Standard, isIn: boolean): Promise<void> {
  const id = questionId(plan, standard);
  if (!isIn) return remove("focus_question", id);
  await revive("focus_question", id);
  const set = { text: standard.fields.text, order: nextOrder(plan.questions) };
  const bears = { [`standards/${standard.id}` as const]: true };
  await save("focus_question", id, plan.scope, { ...set, ...bears });
}

/** The button that opens the list of questions; nothing where none was taken in. */
export function ChooseQuestions({ plan }: { plan: RoundPlan }) {
  const [open, setOpen] = useState(false);
  const from = standardsHere().filter(({ fields }) => fields.asks);
  if (from.length === 0) return null;
  const planned = new Set(plan.questions.map(({ id }) => id));
  return (
    <div>
      <Button onPress={() => setOpen(true)}>{t("rounds.questions.choose")}</Button>
      <Sheet open={open} title={t("rounds.questions.choose")} onClose={() => setOpen(false)}>
        <p class="soft">{t("rounds.questions.choose_lead")}</p>
        <Pick
          from={from}
          isIn={(standard) => planned.has(questionId(plan, standard))}
          onPick={(standard, isIn) => choose(plan, standard, isIn)}
        />
      </Sheet>
    </div>
  );
}

interface StandardsSheetProps {
  question: Question | undefined;
  onClose: () => void;
}

/**
 * What can be said to bear on a question, and what is said to already: also what was taken away
 * or dropped since, so that its tick can be taken back.
 */
export function standardsFor(question: Question | undefined): Standard[] {
  const offered = standardsHere().filter(({ fields }) => !fields.asks);
  const ids = new Set(offered.map(({ id }) => id));
  const others = [...(question?.fields.standards ?? [])]
    .filter((id) => !ids.has(id))
    .flatMap((id) => record("standard", id).value ?? []);
  return [...others.filter(({ fields }) => !fields.asks), ...offered];
}

/** What a question bears on. */
export function StandardsSheet({ question, onClose }: StandardsSheetProps) {
  const from = standardsFor(question);
  const pick = async (standard: Standard, isIn: boolean) => {
    if (!question) return;
    const set = { [`standards/${standard.id}`]: isIn };
    await save("focus_question", question.id, question.scope, set);
  };
  return (
    <Sheet open={question !== undefined} title={t("rounds.questions.standards")} onClose={onClose}>
      <p>{question?.fields.text}</p>
      <p class="soft">{t("rounds.questions.standards_lead")}</p>
      {question && (
        <Pick from={from} isIn={({ id }) => question.fields.standards.has(id)} onPick={pick} />
      )}
    </Sheet>
  );
}
