/** A field of one record that a person types or picks, and its value as a change's `set`. */
import type { FieldsOf, Kind, SetOf } from "../../state";

/** Fields of a kind that hold one value a person types or picks: no tags, no positions. */
export type PlainField<K extends Kind> = {
  [F in keyof FieldsOf<K>]: FieldsOf<K>[F] extends string | number | null ? F : never;
}[keyof FieldsOf<K>] &
  string;

export interface SavedField<K extends Kind> {
  kind: K;
  id: string;
  scope: string;
  field: PlainField<K>;
}

/** One field's value as a change's `set`. */
export function setting<K extends Kind>(field: PlainField<K>, value: unknown): SetOf<K> {
  return { [field]: value } as unknown as SetOf<K>;
}
