/** The network's schools and districts, by name. */
import { compareText } from "../../i18n";
import { list, type RecordView } from "../../state";

export type School = RecordView<"school">;
export type District = RecordView<"district">;

function byName(a: School | District, b: School | District): number {
  return compareText(a.fields.name, b.fields.name);
}

export function placesOf(): { schools: School[]; districts: District[] } {
  return {
    schools: [...list("school").value].sort(byName),
    districts: [...list("district").value].sort(byName),
  };
}

/** As options of a select. */
export function options(places: readonly (School | District)[]) {
  return places.map(({ id, fields }) => ({ value: id, label: fields.name }));
}
