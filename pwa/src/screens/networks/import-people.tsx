/** People in a file: whoever is ticked gets an invitation, nobody else is remembered. */
import { useState } from "preact/hooks";
import type { ImportedPerson, ImportLook } from "./import-api";
import { Checkbox, Section, TextField } from "../../components";
import { formatList, t } from "../../i18n";
import { fits } from "../accounts/people";
import { roleWords } from "../accounts/words";
import { placesOf } from "./named";
import { toggled } from "./import-places";

const SHOWN = 40;

interface Props {
  look: ImportLook;
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

function about(person: ImportedPerson, placeName: string | undefined): string {
  const why = person.why && t(`imports.why_${person.why}`, { place: person.place ?? "" });
  return [
    formatList(roleWords(person.roles)),
    placeName,
    person.email,
    why,
    t("imports.row", { row: person.row }),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function ChoosePeople({ look, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const here = placesOf();
  const places = new Map<string, string>([
    ...look.places.map(({ record, name }) => [record, name] as const),
    ...[...here.schools, ...here.districts].map(({ id, fields }) => [id, fields.name] as const),
  ]);
  const lines = look.people.map((person) => ({
    person,
    line: about(person, places.get(person.school ?? person.district ?? "")),
  }));
  const found = lines.filter(({ person, line }) => fits(`${person.name} ${line}`, typed));
  return (
    <Section title={t("imports.people", { count: look.people.length })}>
      <p class="soft">{t("imports.people_lead")}</p>
      {look.people.length > SHOWN && (
        <TextField
          label={t("imports.find_person")}
          type="search"
          value={typed}
          onInput={setTyped}
        />
      )}
      <div class="stack">
        {found.slice(0, SHOWN).map(({ person, line }) => (
          <Checkbox
            key={person.row}
            label={person.name}
            hint={line}
            checked={chosen.has(person.row)}
            disabled={person.outcome !== "new"}
            onChange={(isIn) => onChange(toggled(chosen, person.row, isIn))}
          />
        ))}
      </div>
      {found.length > SHOWN && <p class="soft label">{t("imports.more_people")}</p>}
    </Section>
  );
}
