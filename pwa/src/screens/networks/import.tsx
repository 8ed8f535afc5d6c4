/**
 * Taking in a file of schools or people: choose it, see what will happen, take it in or not.
 * Online only. The file is read twice and kept nowhere; nothing of it stays on this device.
 */
import { useState } from "preact/hooks";
import { Banner, Button, Screen, Section, useAsking } from "../../components";
import { FileButton } from "../../components/file-button";
import { t } from "../../i18n";
import { may, network, syncNow } from "../../state";
import { Cuttings } from "../accounts/cuttings";
import { lookAtFile, takeFileIn, type ImportLook, type ImportTaken } from "./import-api";
import { Apart } from "./import-apart";
import { ChoosePeople } from "./import-people";
import { ChoosePlaces, districtsIn, isOfMany, wantedPlaces } from "./import-places";
import { ChooseStandards, isOfParts, partsHere, wantedStandards } from "./import-standards";
import { ImportFaults } from "./import-faults";
import { contentOf, MOST_BYTES } from "./import-file";

/** A file and what it would do, with what is chosen of it. */
interface Open {
  content: string;
  look: ImportLook;
  districts: ReadonlySet<string>;
  parts: ReadonlySet<string>;
  people: ReadonlySet<number>;
}

/** Of a whole state, what the network has already; of a list of people, everybody who is new. */
function opened(content: string, look: ImportLook): Open {
  const own = districtsIn(look).filter(({ isHere }) => isHere);
  const listed =
    look.layout === "people" ? look.people.filter(({ outcome }) => outcome === "new") : [];
  return {
    content,
    look,
    districts: new Set(own.map(({ id }) => id)),
    parts: new Set(partsHere(look)),
    people: new Set(listed.map(({ row }) => row)),
  };
}

function takenWords({ places, standards, ways_in }: ImportTaken): string {
  if (places + standards + ways_in.length === 0) return t("imports.taken_as_it_is");
  return standards > 0
    ? t("imports.taken_standards", { count: standards })
    : t("imports.taken_places", { count: places });
}

/** How many of the file will be taken in. */
function countOf({ look, districts, parts, people }: Open): number {
  const standards = wantedStandards(look, parts).length;
  const framework = standards === 0 && look.framework?.outcome === "changed" ? 1 : 0;
  return wantedPlaces(look, districts).length + people.size + standards + framework;
}

function Taken({ taken }: { taken: ImportTaken }) {
  const ways = taken.ways_in;
  return (
    <Screen
      wide={ways.length > 0}
      title={t("imports.taken")}
      lead={<span class="no-print">{takenWords(taken)}</span>}
      back={{ href: "/places", label: t("app.places") }}
      action={
        ways.length > 0 && (
          <Button look="primary" icon="print" onPress={() => window.print()}>
            {t("accounts.print")}
          </Button>
        )
      }
    >
      {ways.length > 0 && (
        <>
          <p class="soft no-print">{t("accounts.sheet_lead")}</p>
          <Cuttings cuts={ways} networkName={network.value?.network.name ?? ""} />
        </>
      )}
    </Screen>
  );
}

interface LookedProps {
  open: Open;
  onChange: (open: Open) => void;
}

function Looked({ open, onChange }: LookedProps) {
  const { look } = open;
  return (
    <div class="stack-wide" role="region" aria-label={t("imports.what_happens")}>
      {look.is_old_text && <Banner icon="careful">{t("imports.old_text")}</Banner>}
      {look.places.length > 0 && (
        <ChoosePlaces
          look={look}
          chosen={open.districts}
          onChange={(districts) => onChange({ ...open, districts })}
        />
      )}
      {look.people.length > 0 && (
        <ChoosePeople
          look={look}
          chosen={open.people}
          onChange={(people) => onChange({ ...open, people })}
        />
      )}
      {look.framework && (
        <ChooseStandards
          look={look}
          chosen={open.parts}
          onChange={(parts) => onChange({ ...open, parts })}
        />
      )}
      <Apart look={look} />
    </div>
  );
}

export default function ImportScreen() {
  const [open, setOpen] = useState<Open>();
  const [taken, setTaken] = useState<ImportTaken>();
  const asking = useAsking();
  const networkId = network.value?.network.id ?? "";
  if (taken) return <Taken taken={taken} />;
  const choose = (file: File) =>
    asking.run(async () => {
      setOpen(undefined);
      const content = await contentOf(file);
      setOpen(opened(content, await lookAtFile(networkId, content)));
    });
  const take = () =>
    asking.run(async () => {
      if (!open) return;
      const { content, look, districts, parts, people } = open;
      const chosen = {
        digest: look.digest,
        districts: isOfMany(look) ? [...districts] : null,
        parts: isOfParts(look) ? [...parts] : null,
        people: [...people],
      };
      setTaken(await takeFileIn(networkId, content, chosen));
      syncNow();
    });
  const count = open ? countOf(open) : 0;
  return (
    <Screen
      title={t("imports.title")}
      lead={t("imports.lead")}
      back={{ href: "/places", label: t("app.places") }}
      action={
        open && (
          <Button look="primary" disabled={asking.waiting || count === 0} onPress={take}>
            {t("imports.take_in", { count })}
          </Button>
        )
      }
    >
      {may("school", `network:${networkId}`) && (
        <Section>
          <FileButton
            label={t(open ? "imports.choose_other" : "imports.choose")}
            accept=".csv,.txt,.gz,.zip,.xml,.json,text/csv,application/zip,application/json"
            disabled={asking.waiting}
            onFile={choose}
          />
          <p class="soft label">{t("imports.which", { most: MOST_BYTES / 2 ** 20 })}</p>
        </Section>
      )}
      {asking.error !== undefined && <ImportFaults error={asking.error} />}
      {open && <Looked open={open} onChange={setOpen} />}
    </Screen>
  );
}
