/**
 * What a debrief shows to the whole room: the step, its clock, what everybody works on.
 *
 * A second screen is told it by the server (server/services/room_view.py); the tablet that
 * leads makes the same of its own records, so it can show it with the radio off.
 */
import type { components } from "../../generated/api-types";
import { cardsIn, type Board, type Card } from "../debriefs/board";
import { hostPartOf } from "../debriefs/host-part";
import { agreementOn } from "../debriefs/pattern-list";
import { firstOf } from "../improvement/first-items";
import { clockOf, currentStep, type Runbook, type RunbookStep } from "../debriefs/runbook-steps";

export type RoomView = components["schemas"]["RoomView"];
export type RoomGroup = RoomView["groups"][number];

function asText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function stepOf(board: Board, step: RunbookStep): RoomView["step"] {
  const clock = clockOf(step.id, board.debrief);
  return {
    activity: step.activity,
    phase: step.phase,
    actor: step.actor,
    title: step.typed.title.trim(),
    prompts: step.typed.prompts.trim(),
    clock: {
      minutes: step.minutes,
      began_at: asText(clock.beganAt),
      paused_at: asText(clock.pausedAt),
      added_minutes: clock.addedMinutes,
    },
  };
}

function groupsOf(board: Board): RoomGroup[] {
  const pile = (place: RoomGroup["place"], name: string, cards: readonly Card[]): RoomGroup => ({
    place,
    name,
    cards: cards.map(({ fields: { text, element } }) => ({ text: text.trim(), element })),
  });
  return [
    ...board.groups.map(({ id, fields }) => pile("group", fields.name.trim(), cardsIn(board, id))),
    pile("apart", "", board.layout.apart),
    pile("loose", "", board.layout.loose),
  ].filter(({ cards }) => cards.length > 0);
}

function patternsOf(board: Board): RoomView["patterns"] {
  return board.patterns
    .map((pattern) => ({
      form: pattern.fields.form,
      subject: pattern.fields.subject,
      statement: pattern.fields.statement.trim(),
      quantifier: pattern.fields.quantifier,
      consensus: agreementOn(pattern),
      open_question: pattern.fields.open_question.trim(),
    }))
    .filter((pattern) => pattern.statement !== "");
}

function itemsOf(board: Board): RoomView["items"] {
  const { standing } = firstOf(board.items);
  return board.items
    .map((item) => ({
      text: item.fields.text.trim(),
      horizon: item.fields.horizon,
      level: item.fields.level,
      taken_on_by: item.fields.taken_on_by,
      starts_first: standing.includes(item),
    }))
    .filter((item) => item.text !== "");
}

/** Predictions are on the wall between "shown together" and the seal, and never else. */
function predictionsOf(board: Board): string[] {
  const { debrief } = board;
  if (!debrief?.predictions_shown || debrief.sealed_at) return [];
  return board.predictions.map(({ fields }) => fields.text.trim()).filter(Boolean);
}

/** The same view as the server's, of this tablet's records; null before the debrief begins. */
export function roomViewOf(board: Board, runbook: Runbook): RoomView | null {
  const { debrief } = board;
  if (!debrief?.phase) return null;
  const step = currentStep(runbook, debrief);
  const closed = Boolean(debrief.closed_at);
  const at = (...activities: string[]) => !closed && activities.includes(step.activity);
  return {
    title: board.round?.fields.title.trim() ?? "",
    step: stepOf(board, step),
    closed,
    host_part: hostPartOf(board.roundId),
    groups: at("one_wall") ? groupsOf(board) : [],
    patterns: at("patterns", "host_speaks") ? patternsOf(board) : [],
    predictions_shown: Boolean(debrief.predictions_shown),
    predictions: at("predict") ? predictionsOf(board) : [],
    sealed_at: debrief.sealed_at,
    opens_on: board.revisit?.meets_on ?? null,
    items: at("next_level", "commit") ? itemsOf(board) : [],
  };
}
