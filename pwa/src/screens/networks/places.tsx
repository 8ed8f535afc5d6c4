/**
 * The network's districts and schools: picked from the directory where there is a
 * connection, typed by name anywhere. Records: what is done here works with the radio off.
 */
import { useState } from "preact/hooks";
import { Button, Empty, LinkButton, List, Row, Screen, Section } from "../../components";
import { t } from "../../i18n";
import { may, network } from "../../state";
import { AddPlace } from "./add-place";
import { ChangePlace } from "./change-place";
import { Frameworks } from "./frameworks";
import { placesOf, type District, type School } from "./named";

interface DistrictProps {
  name: string;
  schools: readonly School[];
  onSchool: ((school: School) => void) | undefined;
  onDistrict?: (() => void) | undefined;
}

function DistrictSection({ name, schools, onSchool, onDistrict }: DistrictProps) {
  return (
    <Section>
      <div class="section-head">
        <h2>{name}</h2>
        {onDistrict && (
          <Button look="quiet" label={t("networks.change_named", { name })} onPress={onDistrict}>
            {t("networks.change")}
          </Button>
        )}
      </div>
      {schools.length === 0 ? (
        <p class="soft">{t("networks.no_schools_here")}</p>
      ) : (
        <List long label={name}>
          {schools.map((school) => (
            <Row
              key={school.id}
              title={school.fields.name}
              onPress={onSchool && (() => onSchool(school))}
            />
          ))}
        </List>
      )}
    </Section>
  );
}

export default function Places() {
  const [adding, setAdding] = useState(false);
  const [changed, setChanged] = useState<School | District>();
  const scope = `network:${network.value?.network.id ?? ""}`;
  const mayChange = may("school", scope);
  const { schools, districts } = placesOf();
  const known = new Set(districts.map(({ id }) => id));
  const homeless = schools.filter(({ fields }) => !known.has(fields.district ?? ""));
  const onSchool = mayChange ? setChanged : undefined;
  return (
    <Screen
      title={t("app.places")}
      lead={t("networks.places_lead")}
      action={
        mayChange && (
          <Button look="primary" icon="add" onPress={() => setAdding(true)}>
            {t("networks.add")}
          </Button>
        )
      }
    >
      {schools.length + districts.length === 0 && (
        <Empty>{mayChange ? t("networks.add_first") : t("networks.none_yet")}</Empty>
      )}
      {districts.map((district) => (
        <DistrictSection
          key={district.id}
          name={district.fields.name}
          schools={schools.filter(({ fields }) => fields.district === district.id)}
          onSchool={onSchool}
          onDistrict={mayChange ? () => setChanged(district) : undefined}
        />
      ))}
      {homeless.length > 0 && (
        <DistrictSection name={t("networks.no_district")} schools={homeless} onSchool={onSchool} />
      )}
      <Frameworks scope={scope} />
      {mayChange && (
        <div>
          <LinkButton href="/places/import">{t("imports.open")}</LinkButton>
        </div>
      )}
      <AddPlace scope={scope} open={adding} onClose={() => setAdding(false)} />
      <ChangePlace scope={scope} place={changed} onClose={() => setChanged(undefined)} />
    </Screen>
  );
}
