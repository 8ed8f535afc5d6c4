/** The places of a file: how many are new, renamed, as they are; and which districts are wanted. */
import { useState } from "preact/hooks";
import type { ImportedPlace, ImportLook } from "./import-api";
import { Checkbox, List, Row, Section, Tag, TextField } from "../../components";
import { t } from "../../i18n";
import { fits } from "../accounts/people";
import { placesOf } from "./named";

/** So many districts can be ticked without looking for them. */
const AT_A_GLANCE = 8;
/** Of a whole state one sees so many; the others are found by typing. */
const SHOWN = 40;

export interface FileDistrict {
  id: string;
  name: string;
  count: number;
  isHere: boolean;
}

/** The districts that the file's places belong to. */
export function districtsIn(look: ImportLook): FileDistrict[] {
  const here = new Map(placesOf().districts.map(({ id, fields }) => [id, fields.name]));
  const found = new Map<string, FileDistrict>();
  for (const place of look.places) {
    const id = districtOf(place);
    if (!id) continue;
    const name = place.kind === "district" ? place.name : (here.get(id) ?? "");
    const known = found.get(id) ?? { id, name, count: 0, isHere: here.has(id) };
    found.set(id, { ...known, count: known.count + Number(place.kind === "school") });
  }
  return [...found.values()];
}

function districtOf(place: ImportedPlace): string | null {
  return place.kind === "district" ? place.record : place.district;
}

/** Whether somebody must say which districts are wanted. */
export function isOfMany(look: ImportLook): boolean {
  return districtsIn(look).length > 1;
}

/** What taking in these districts would change. */
export function wantedPlaces(look: ImportLook, chosen: ReadonlySet<string>): ImportedPlace[] {
  const many = isOfMany(look);
  return look.places.filter(
    (place) =>
      (place.outcome === "new" || place.outcome === "changed") &&
      (!many || chosen.has(districtOf(place) ?? "")),
  );
}

interface Props {
  look: ImportLook;
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

export function toggled<T>(set: ReadonlySet<T>, one: T, isIn: boolean): ReadonlySet<T> {
  const next = new Set(set);
  if (isIn) next.add(one);
  else next.delete(one);
  return next;
}

function ChooseDistricts({ look, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const districts = districtsIn(look);
  const found = districts.filter(({ name }) => fits(name, typed));
  const shown = [...found].sort((a, b) => Number(chosen.has(b.id)) - Number(chosen.has(a.id)));
  return (
    <Section title={t("imports.districts")}>
      <p class="soft">{t("imports.districts_lead")}</p>
      {districts.length > AT_A_GLANCE && (
        <TextField
          label={t("imports.find_district")}
          type="search"
          value={typed}
          onInput={setTyped}
        />
      )}
      <div class="stack">
        {shown.slice(0, SHOWN).map(({ id, name, count }) => (
          <Checkbox
            key={id}
            label={name}
            hint={t("imports.schools", { count })}
            checked={chosen.has(id)}
            onChange={(isIn) => onChange(toggled(chosen, id, isIn))}
          />
        ))}
      </div>
      {shown.length > SHOWN && <p class="soft label">{t("imports.more_districts")}</p>}
    </Section>
  );
}

/** "412 schools: 3 new, 1 renamed, 408 as they are." */
function Summary({ places }: { places: readonly ImportedPlace[] }) {
  const count = (outcome: ImportedPlace["outcome"]) =>
    places.filter((place) => place.outcome === outcome).length;
  const parts = (["new", "changed", "same", "left_out"] as const).filter((each) => count(each) > 0);
  return (
    <p role="status">
      {t("imports.places", { count: places.length })}{" "}
      {parts.map((each) => t(`imports.count_${each}`, { count: count(each) })).join(", ")}
    </p>
  );
}

function detailOf({ before, name, outcome, why, row }: ImportedPlace): string {
  const at = t("imports.row", { row });
  if (why) return `${t(`imports.why_${why}`)} · ${at}`;
  if (outcome === "changed" && before !== null && before !== name) {
    return `${t("imports.was_named", { before })} · ${at}`;
  }
  return at;
}

export function ChoosePlaces(props: Props) {
  const { look, chosen } = props;
  const many = isOfMany(look);
  const inView = look.places.filter((place) => {
    const district = districtOf(place);
    return !many || district === null || chosen.has(district);
  });
  const told = inView.flatMap(({ outcome, ...place }) =>
    outcome === "same" ? [] : [{ ...place, outcome }],
  );
  return (
    <>
      {many && <ChooseDistricts {...props} />}
      <Section title={t("imports.what_happens")}>
        {inView.length === 0 ? (
          <p class="soft">{t("imports.no_district_chosen")}</p>
        ) : (
          <Summary places={inView} />
        )}
        {told.length > 0 && (
          <List long label={t("imports.what_happens")}>
            {told.map((place) => (
              <Row
                key={place.row}
                title={place.name}
                detail={detailOf(place)}
                end={<Tag>{t(`imports.${place.outcome}`)}</Tag>}
              />
            ))}
          </List>
        )}
      </Section>
    </>
  );
}
