/**
 * A short ordered list of lines that people write: focus questions, norms, questions that stay
 * with the host. Each line is a
 * record; the order is changed by buttons, which touch and keyboard both reach.
 */
import { useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { Button, Menu, showToast, type MenuItem } from "../../components";
import { t } from "../../i18n";
import { may, remove, restore, save, type RecordView } from "../../state";
import { makeOnce } from "../making";
import { nextOrder, type RoundPlan } from "./round-plan";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { WordsField } from "../words/words-field";

type LineKind = "focus_question" | "norm" | "reflective_question";
type Line = RecordView<LineKind>;

interface LinesProps {
  kind: LineKind;
  plan: RoundPlan;
  lines: readonly Line[];
  nth: (number: number) => string;
  add: string;
  removed: string;
  /** What else can be done with a line, and what stands below it. */
  more?: (id: string) => MenuItem[];
  below?: (id: string) => ComponentChildren;
  /** They are there to be read, also by whoever may write them. */
  onlyRead?: boolean;
}

/** Give both lines each other's place; equal or missing orders are first made distinct. */
async function swap(props: LinesProps, from: number, to: number): Promise<void> {
  const order = props.lines.map((line) => line.id);
  const [moved] = order.splice(from, 1);
  if (moved) order.splice(to, 0, moved);
  for (const [index, id] of order.entries()) {
    const line = props.lines.find((each) => each.id === id);
    if (line?.fields.order !== index + 1)
      await save(props.kind, id, props.plan.scope, { order: index + 1 });
  }
}

async function takeOut(props: LinesProps, line: Line): Promise<void> {
  await remove(props.kind, line.id);
  showToast({ text: props.removed, undo: () => restore(props.kind, line.id) });
}

export function OrderedLines(props: LinesProps) {
  const { kind, plan, lines, add } = props;
  const [fresh, setFresh] = useState<string | null>(null);
  const writes = may(kind, plan.scope);
  if (!writes || props.onlyRead) return <ReadLines lines={lines} below={props.below} />;
  const addLine = async () => {
    const set = { text: "", order: nextOrder(lines) };
    await makeOnce(kind, plan.scope, (id) => {
      setFresh(id);
      return save(kind, id, plan.scope, set);
    });
  };
  return (
    <div class="stack">
      <ol class="lines">
        {lines.map((line, index) => (
          <EditedLine key={line.id} {...props} line={line} index={index} fresh={fresh} />
        ))}
      </ol>
      <div>
        <Button icon="add" onPress={addLine}>
          {add}
        </Button>
      </div>
    </div>
  );
}

interface ReadProps {
  lines: readonly Line[];
  below?: LinesProps["below"] | undefined;
}

export function ReadLines({ lines, below }: ReadProps) {
  return (
    <ol class="read-lines">
      {lines
        .filter((line) => line.fields.text.trim())
        .map((line) => (
          <li key={line.id}>
            {line.fields.text}
            {below?.(line.id)}
          </li>
        ))}
    </ol>
  );
}

type EditedLineProps = LinesProps & { line: Line; index: number; fresh: string | null };

function EditedLine(props: EditedLineProps) {
  const { kind, plan, lines, line, index, nth } = props;
  const name = nth(index + 1);
  const focusFresh = (item: HTMLLIElement | null) => {
    if (line.id === props.fresh && !item?.dataset["met"]) {
      if (item) item.dataset["met"] = "true";
      item?.querySelector("textarea")?.focus();
    }
  };
  return (
    <li class="line" ref={focusFresh}>
      <span class="line-number figures" aria-hidden="true">
        {index + 1}
      </span>
      <div class="stack">
        <WordsField
          kind={kind}
          id={line.id}
          scope={plan.scope}
          field="text"
          label={name}
          labelHidden
          long
          rows={1}
        />
        {props.below?.(line.id)}
        <DeletedThenEdited kind={kind} id={line.id} scope={plan.scope} />
      </div>
      <Menu
        label={t("rounds.change")}
        heard={`${t("rounds.change")}: ${name}`}
        items={[
          ...(props.more?.(line.id) ?? []),
          {
            label: t("rounds.up"),
            icon: "up",
            disabled: index === 0,
            onPress: () => swap(props, index, index - 1),
          },
          {
            label: t("rounds.down"),
            icon: "down",
            disabled: index === lines.length - 1,
            onPress: () => swap(props, index, index + 1),
          },
          {
            label: t("rounds.remove_it"),
            icon: "trash",
            careful: true,
            onPress: () => takeOut(props, line),
          },
        ]}
      />
    </li>
  );
}
