/** Renaming a school or district, moving a school, removing one, with undo. */
import { useState } from "preact/hooks";
import { Button, Select, Sheet, showToast, TextField } from "../../components";
import { t } from "../../i18n";
import { remove, restore, save } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { options, placesOf, type District, type School } from "./named";

interface ChangePlaceProps {
  scope: string;
  place: School | District | undefined;
  onClose: () => void;
}

function isSchool(place: School | District): place is School {
  return place.kind === "school";
}

function ChangeForm({ scope, place, onClose }: ChangePlaceProps & { place: School | District }) {
  const [name, setName] = useState(place.fields.name);
  const [district, setDistrict] = useState(isSchool(place) ? place.fields.district : null);
  const store = async () => {
    if (isSchool(place)) await save("school", place.id, scope, { name: name.trim(), district });
    else await save("district", place.id, scope, { name: name.trim() });
    onClose();
  };
  const takeAway = async () => {
    await remove(place.kind, place.id);
    onClose();
    const undo = () => restore(place.kind, place.id);
    showToast({ text: t("networks.removed", { name: place.fields.name }), undo });
  };
  return (
    <>
      <DeletedThenEdited kind={place.kind} id={place.id} scope={scope} />
      <TextField label={t("networks.name")} value={name} onInput={setName} />
      {isSchool(place) && (
        <Select
          label={t("networks.district")}
          none={t("networks.no_district")}
          options={options(placesOf().districts)}
          value={district}
          onChange={setDistrict}
        />
      )}
      <div class="sheet-actions">
        <Button look="careful" icon="trash" onPress={takeAway}>
          {t("networks.remove")}
        </Button>
        <Button look="primary" disabled={!name.trim()} onPress={store}>
          {t("app.save")}
        </Button>
      </div>
    </>
  );
}

export function ChangePlace({ scope, place, onClose }: ChangePlaceProps) {
  const open = place !== undefined;
  return (
    <Sheet open={open} title={place?.fields.name ?? ""} onClose={onClose}>
      {place && <ChangeForm key={place.id} scope={scope} place={place} onClose={onClose} />}
    </Sheet>
  );
}
