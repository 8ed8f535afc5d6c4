/** Renaming a school or district, moving a school, removing one, with undo. */
import { Button, Select, Sheet, showToast } from "../../components";
import { t } from "../../i18n";
import { record, remove, restore, save } from "../../state";
import { DeletedThenEdited } from "../words/deleted-then-edited";
import { WordsField } from "../words/words-field";
import { options, placesOf, type District, type School } from "./named";

interface ChangePlaceProps {
  scope: string;
  place: School | District | undefined;
  onClose: () => void;
}

/** The school's district, as it stands now. */
function DistrictOf({ scope, id }: { scope: string; id: string }) {
  return (
    <Select
      label={t("networks.district")}
      none={t("networks.no_district")}
      options={options(placesOf().districts)}
      value={record("school", id).value?.fields.district ?? null}
      onChange={(district) => save("school", id, scope, { district })}
    />
  );
}

export function ChangePlace({ scope, place, onClose }: ChangePlaceProps) {
  const takeAway = async ({ kind, id, fields }: School | District) => {
    await remove(kind, id);
    onClose();
    const undo = () => restore(kind, id);
    showToast({ text: t("networks.removed", { name: fields.name }), undo });
  };
  const actions = place && (
    <>
      <Button look="careful" icon="trash" onPress={() => takeAway(place)}>
        {t("networks.remove")}
      </Button>
      <Button look="primary" onPress={onClose}>
        {t("app.done")}
      </Button>
    </>
  );
  return (
    <Sheet
      open={place !== undefined}
      title={place?.fields.name ?? ""}
      onClose={onClose}
      actions={actions}
    >
      {place && (
        <>
          <DeletedThenEdited kind={place.kind} id={place.id} scope={scope} />
          <WordsField
            {...{ kind: place.kind, id: place.id, scope }}
            field="name"
            label={t("networks.name")}
            needed
          />
          {place.kind === "school" && <DistrictOf scope={scope} id={place.id} />}
        </>
      )}
    </Sheet>
  );
}
