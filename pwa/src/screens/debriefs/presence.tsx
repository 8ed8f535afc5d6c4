/**
 * "Ana is editing": who else is at a group or a text right now, said beside it and kept
 * nowhere. It stands where nothing has to move for it, and is heard only in an open sheet.
 */
import type { TargetedFocusEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formatList, t } from "../../i18n";
import { beAt, othersAt } from "../../state/whereabouts";
import { memberName } from "../names";
import "./presence.css";

type FocusIn = TargetedFocusEvent<HTMLElement>;

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** Writing at the record while a field of it has the focus. */
export function useHands(round: string, record: string) {
  const leave = useRef<(() => void) | null>(null);
  const go = () => {
    leave.current?.();
    leave.current = null;
  };
  useEffect(() => go, []);
  return {
    onFocusIn: ({ target }: FocusIn) => {
      go();
      if (isField(target)) leave.current = beAt({ round, record, writing: true });
    },
    onFocusOut: go,
  };
}

/** At the record for as long as this is shown: an open sheet. */
export function useOpenAt(round: string, record: string): void {
  useEffect(() => beAt({ round, record, writing: false }), [round, record]);
}

function words(record: string): string {
  const others = othersAt(record).value;
  const named = (writing: boolean) =>
    others.filter((other) => other.writing === writing).map((other) => memberName(other.member));
  const [editing, looking] = [named(true), named(false)];
  return [
    editing.length > 0 &&
      t("debriefs.editing", { count: editing.length, names: formatList(editing) }),
    looking.length > 0 &&
      t("debriefs.looking", { count: looking.length, names: formatList(looking) }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** On the edge of a group, or at the end of a row. */
export function Others({ record }: { record: string }) {
  const said = words(record);
  return said ? <span class="presence">{said}</span> : null;
}

/** In an open sheet, with its place kept free. Said aloud when it changes, politely. */
export function OthersHere({ record }: { record: string }) {
  return (
    <p class="presence-line" role="status">
      {words(record)}
    </p>
  );
}
