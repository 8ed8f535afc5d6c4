/** A framework in a file: which of its parts are wanted, and what becomes of each item. */
import { useState } from "preact/hooks";
import type { ImportedStandard, ImportLook } from "./import-api";
import { Checkbox, List, Row, Section, Tag, TextField } from "../../components";
import { t } from "../../i18n";
import { fits } from "../accounts/people";
import { toggled } from "./import-places";

/** So many parts can be ticked without looking for them. */
const AT_A_GLANCE = 8;
const SHOWN = 40;

/** The first items of the framework's parts, each with how many come with it. */
function partsIn(look: ImportLook): { standard: ImportedStandard; count: number }[] {
  const counts = new Map<string, number>();
  for (const { part } of look.standards) {
    if (part) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return look.standards.flatMap((standard) => {
    const count = counts.get(standard.record);
    return count === undefined ? [] : [{ standard, count }];
  });
}

/** Whether somebody must say which parts are wanted. */
export function isOfParts(look: ImportLook): boolean {
  return partsIn(look).length > 1;
}

/** Of a framework that is here: the parts that the network works with already. */
export function partsHere(look: ImportLook): string[] {
  const here = look.standards.filter(({ outcome }) => outcome !== "new");
  return [...new Set(here.flatMap(({ part }) => part ?? []))];
}

const CHANGING: readonly ImportedStandard["outcome"][] = ["new", "changed", "dropped"];

/** What taking in these parts would change: what is dropped is in none of them. */
export function wantedStandards(look: ImportLook, chosen: ReadonlySet<string>): ImportedStandard[] {
  const many = isOfParts(look);
  return look.standards.filter(
    ({ outcome, part }) => CHANGING.includes(outcome) && (!many || !part || chosen.has(part)),
  );
}

function nameOf({ code, text }: ImportedStandard): string {
  return code ? `${code} · ${text}` : text;
}

interface Props {
  look: ImportLook;
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

function ChooseParts({ look, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const parts = partsIn(look);
  const found = parts.filter(({ standard }) => fits(nameOf(standard), typed));
  return (
    <Section title={t("imports.parts")}>
      <p class="soft">{t("imports.parts_lead")}</p>
      {parts.length > AT_A_GLANCE && (
        <TextField label={t("imports.find_part")} type="search" value={typed} onInput={setTyped} />
      )}
      <div class="stack">
        {found.slice(0, SHOWN).map(({ standard, count }) => (
          <Checkbox
            key={standard.record}
            label={nameOf(standard)}
            hint={t("imports.items", { count })}
            checked={chosen.has(standard.record)}
            onChange={(isIn) => onChange(toggled(chosen, standard.record, isIn))}
          />
        ))}
      </div>
      {found.length > SHOWN && <p class="soft label">{t("rounds.questions.more")}</p>}
    </Section>
  );
}

function detailOf({ asks, before, code, why, row }: ImportedStandard): string {
  const was = before !== null && t("imports.was_named", { before });
  const parts = [code, asks && t("imports.a_question"), why && t(`imports.why_${why}`), was];
  return [...parts, row && t("imports.item", { row })].filter(Boolean).join(" · ");
}

const OUTCOMES = ["new", "changed", "same", "left_out", "dropped"] as const;

function Summary({ standards }: { standards: readonly ImportedStandard[] }) {
  const count = (outcome: ImportedStandard["outcome"]) =>
    standards.filter((each) => each.outcome === outcome).length;
  const parts = OUTCOMES.filter((each) => count(each) > 0);
  return (
    <p role="status">
      {t("imports.standards", { count: standards.length - count("dropped") })}{" "}
      {parts.map((each) => t(`imports.count_${each}`, { count: count(each) })).join(", ")}
    </p>
  );
}

export function ChooseStandards(props: Props) {
  const { look, chosen } = props;
  const many = isOfParts(look);
  const inView = look.standards.filter(
    ({ outcome, part }) => !many || outcome === "dropped" || (part && chosen.has(part)),
  );
  const told = inView.flatMap(({ outcome, ...standard }) =>
    outcome === "same" ? [] : [{ ...standard, outcome }],
  );
  return (
    <>
      <p>{t("imports.framework", { title: look.framework?.title ?? "" })}</p>
      {many && <ChooseParts {...props} />}
      <Section title={t("imports.what_happens")}>
        {inView.length === 0 ? (
          <p class="soft">{t("imports.no_part_chosen")}</p>
        ) : (
          <Summary standards={inView} />
        )}
        {told.length > 0 && (
          <List long label={t("imports.what_happens")}>
            {told.map((standard) => (
              <Row
                key={standard.record}
                title={standard.text}
                detail={detailOf({ ...standard })}
                end={<Tag>{t(`imports.${standard.outcome}`)}</Tag>}
              />
            ))}
          </List>
        )}
      </Section>
    </>
  );
}
