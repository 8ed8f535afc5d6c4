/**
 * A revisit as the screens read it: the round that is come back to, the day, the second visit,
 * and where the seal on the predictions stands. Reads signals; writes nothing.
 */
import { sealState, type SealState } from "../../domain/improvement";
import { list, record, type RecordView } from "../../state";
import { boardOf, revisitIdOf, type Board } from "../debriefs/board";
import { todayHere } from "../rounds/rounds";

export interface Coming {
  board: Board;
  /** The second visit's own date stands before what was said of the conversation. */
  meetsOn: string | null;
  second: RecordView<"round"> | undefined;
  seal: SealState;
}

function secondOf(id: string | null | undefined): RecordView<"round"> | undefined {
  return id ? record("round", id).value : undefined;
}

/** The day of the revisit, or null where none was chosen. */
export function meetsOnOf(roundId: string): string | null {
  const revisit = record("revisit", revisitIdOf(roundId)).value?.fields;
  const isVisit = revisit?.form === "second_visit";
  const second = isVisit ? secondOf(revisit.second_round)?.fields.visits_on : null;
  return second ?? revisit?.meets_on ?? null;
}

export function comingBackTo(roundId: string): Coming {
  const board = boardOf(roundId);
  const meetsOn = meetsOnOf(roundId);
  const facts = {
    sealed_at: board.debrief?.sealed_at,
    opened_at: board.revisit?.opened_at,
    meets_on: meetsOn,
  };
  return {
    board,
    meetsOn,
    second: secondOf(board.revisit?.second_round),
    seal: sealState(facts, todayHere()),
  };
}

/** Whether the day has come to open a seal that is still closed. */
export function isSealDue(roundId: string): boolean {
  return comingBackTo(roundId).seal === "due";
}

/** The round that this one is the second visit of, where it is on this device. */
export function firstOf(round: RecordView<"round">): RecordView<"round"> | undefined {
  const { previous_round: first } = round.fields;
  if (!first) return undefined;
  const revisit = list("revisit", `round:${first}`).value[0];
  return revisit?.fields.second_round === round.id ? record("round", first).value : undefined;
}
