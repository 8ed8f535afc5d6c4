/**
 * Whoever leads moves the whole room. Every device says that it was moved, and to where; by
 * whom is neither stored nor told (docs/adr/0061). Whoever leads can look up who else may.
 */
import { useEffect, useRef } from "preact/hooks";
import { showToast } from "../../components";
import { leadsDebriefs } from "../../domain/access";
import { compareText, formatList, t } from "../../i18n";
import { list } from "../../state";
import { activeMembers } from "../names";
import type { Board } from "./board";
import { wordsOf, type RunbookStep } from "./runbook-steps";

let pressedHere: string | null = null;

/** Whoever pressed sees that it took effect: they are not told. */
export function movesTo(step: RunbookStep): void {
  pressedHere = step.id;
}

/** Says that the room was moved, to whoever did not do it on this device. */
export function useMovedTold(current: RunbookStep): void {
  const before = useRef(current.id);
  useEffect(() => {
    if (before.current === current.id) return undefined;
    before.current = current.id;
    const isOwn = pressedHere === current.id;
    pressedHere = null;
    if (isOwn) return undefined;
    return showToast({ text: t("debriefs.was_moved", { step: wordsOf(current).title }) });
  }, [current.id]);
}

/** By name: the network's leads, and who has a part in this round that leads its debrief. */
function whoMayMove(board: Board): string[] {
  const parts = new Map(
    list("participant", board.scope).value.map(({ fields }) => [fields.member, fields.roles]),
  );
  return activeMembers()
    .filter(({ id, fields }) => leadsDebriefs(fields.roles, parts.get(id) ?? new Set()))
    .map(({ fields }) => fields.name)
    .sort(compareText);
}

export function WhoMayMove({ board }: { board: Board }) {
  const names = board.mayLead ? whoMayMove(board) : [];
  if (names.length === 0) return null;
  return <p class="soft label">{t("debriefs.who_may_move", { names: formatList(names) })}</p>;
}
