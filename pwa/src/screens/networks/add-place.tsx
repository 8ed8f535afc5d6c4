/** Adding a school or a district: found in the directory, or typed. */
import { useState } from "preact/hooks";
import { searchDirectory, type DirectoryEntry } from "../../api";
import { Button, Choice, List, Row, Select, Sheet, showToast, TextField } from "../../components";
import { useAnswer } from "../../components";
import { t } from "../../i18n";
import { derivedId, network, remove, save } from "../../state";
import { makeOnce } from "../making";
import { useDraft } from "../words/draft";
import { options, placesOf } from "./named";

type Sort = DirectoryEntry["kind"];

interface AddPlaceProps {
  scope: string;
  open: boolean;
  onClose: () => void;
}

function whereItIs({ district_name: district, state }: DirectoryEntry): string {
  return [district, state].filter(Boolean).join(" · ");
}

/** The record of a district of the directory: the same on every device that adds it. */
async function districtOf(scope: string, entry: DirectoryEntry): Promise<string | null> {
  if (!entry.district_id || !entry.district_name) return null;
  const id = derivedId(scope, entry.district_id);
  const here = placesOf().districts.some((district) => district.id === id);
  if (!here) {
    await save("district", id, scope, { name: entry.district_name, state: entry.state });
  }
  return id;
}

async function addFound(scope: string, entry: DirectoryEntry): Promise<void> {
  const id = derivedId(scope, entry.id);
  if (entry.kind === "district") {
    await save("district", id, scope, { name: entry.name, state: entry.state });
    return;
  }
  const district = await districtOf(scope, entry);
  await save("school", id, scope, { name: entry.name, district, directory_id: entry.id });
}

interface FoundProps {
  typed: string;
  sort: Sort;
  onPick: (entry: DirectoryEntry) => void;
}

/** What the directory has for the words typed. Silent where nobody answers: typing will do. */
function Found({ typed, sort, onPick }: FoundProps) {
  const networkId = network.value?.network.id ?? "";
  const found = useAnswer(
    async () => (typed.length < 2 ? undefined : searchDirectory(networkId, typed, sort)),
    `${sort} ${typed}`,
  );
  const { entries = [], more } = found.value ?? {};
  if (typed.length < 2) return null;
  if (found.error) return <p class="soft label">{t("networks.directory_away")}</p>;
  if (entries.length === 0) return null;
  return (
    <div>
      <List label={t("networks.from_directory")}>
        {entries.map((entry) => (
          <Row
            key={entry.id}
            title={entry.name}
            detail={whereItIs(entry)}
            onPress={() => onPick(entry)}
          />
        ))}
      </List>
      {more && <p class="soft label">{t("networks.more_in_directory")}</p>}
    </div>
  );
}

function AddForm({ scope, onAdded }: { scope: string; onAdded: (name: string) => void }) {
  const [sort, setSort] = useState<Sort>("school");
  const { forget, ...typed } = useDraft("networks.place");
  const [district, setDistrict] = useState<string | null>(null);
  const name = typed.value.trim();
  const added = async (place: string) => {
    await forget();
    onAdded(place);
  };
  const addTyped = async () => {
    const id = await makeOnce(sort, name, (place) =>
      sort === "school"
        ? save("school", place, scope, { name, district })
        : save("district", place, scope, { name }),
    );
    await added(name);
    const undo = () => remove(sort, id);
    showToast({ text: t("networks.added", { name }), undo });
  };
  const addPicked = async (entry: DirectoryEntry) => {
    await addFound(scope, entry);
    await added(entry.name);
    showToast({ text: t("networks.added", { name: entry.name }) });
  };
  return (
    <>
      <Choice
        label={t("networks.what")}
        labelHidden
        options={[
          { value: "school", label: t("networks.a_school") },
          { value: "district", label: t("networks.a_district") },
        ]}
        value={sort}
        onChange={setSort}
      />
      <TextField label={t("networks.name")} hint={t("networks.name_hint")} {...typed} />
      <Found typed={name} sort={sort} onPick={(entry) => void addPicked(entry)} />
      {sort === "school" && (
        <Select
          label={t("networks.district")}
          none={t("networks.no_district")}
          options={options(placesOf().districts)}
          value={district}
          onChange={setDistrict}
        />
      )}
      <Button look="primary" wide disabled={!name} onPress={addTyped}>
        {name ? t("networks.add_typed", { name }) : t("networks.add")}
      </Button>
    </>
  );
}

export function AddPlace({ scope, open, onClose }: AddPlaceProps) {
  return (
    <Sheet open={open} title={t("networks.add_title")} onClose={onClose}>
      <AddForm scope={scope} onAdded={onClose} />
    </Sheet>
  );
}
