/** A line on its way to a note: where it belongs, what was chosen, whether it is kept. */
import type { Signal } from "@preact/signals";
import type { Keeper, Kept } from "../../components/note-editor-keeping";
import type { CoreElement } from "../../generated/records";

/** Where a line belongs: one author's visit to one classroom. */
export interface Place {
  slot: string;
  classroom: string | null;
  /** Minutes since its planned time, today. */
  sincePlanned: (now: Date) => number | null;
}

export interface Line {
  readonly id: string;
  place: Place;
  /** As it stands in the field. */
  text: string;
  /** Given at the first key. */
  start: { minute: number; order: number } | null;
  /** What the person chose; undefined leaves it to the mark at its beginning. */
  chosen: CoreElement | null | undefined;
  readonly element: Signal<CoreElement | null>;
  /** An earlier note is in the field, to be amended. */
  readonly amends: boolean;
  readonly keeper: Keeper;
}

const KEPT_ORDER: readonly Kept[] = ["nothing", "kept", "writing", "trouble"];

/** What may be said of several lines at once: the least that is true of all. */
export function worst(states: readonly Kept[]): Kept {
  return KEPT_ORDER[Math.max(0, ...states.map((state) => KEPT_ORDER.indexOf(state)))]!;
}
