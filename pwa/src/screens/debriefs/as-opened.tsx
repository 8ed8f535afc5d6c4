/**
 * What the host opened stays as it was opened (docs/adr/0056): the leads' words of that moment,
 * and which closing of the debrief it was. Others read that, and the host reads first what came
 * after; the server holds to the same (services/summary_pages, sync/projections).
 */
import { Banner, Button } from "../../components";
import { t } from "../../i18n";
import { derivedId, record, save, type FieldsOf } from "../../state";

type Fields = Partial<FieldsOf<"return_summary">>;

/** Words of the summary that its leads may go on writing. */
export const OF_THE_LEADS = ["thanks", "network_words"] as const;
export type OfTheLeads = (typeof OF_THE_LEADS)[number];

function closingOf(roundId: string): string | null {
  return record("debrief", derivedId(roundId, "debrief")).value?.fields.closed_at ?? null;
}

/** Set with `opened/*` in one change: what the host has before their eyes. */
export function asItStands(roundId: string, fields: Fields) {
  return {
    thanks_as_opened: fields.thanks ?? "",
    network_words_as_opened: fields.network_words ?? "",
    closing_as_opened: closingOf(roundId),
  };
}

/** Whom it is opened to: nobody once the debrief was closed anew, until it is opened again. */
export function openedTo(roundId: string, fields: Fields): ReadonlySet<string> {
  const closing = fields.closing_as_opened;
  const stands = !closing || closing === closingOf(roundId);
  return stands ? (fields.opened ?? new Set()) : new Set();
}

/** What others read of the leads' words. An older app opened them as they stand. */
export function readByOthers(fields: Fields, register: OfTheLeads): string {
  const asOpened = fields.closing_as_opened ? fields[`${register}_as_opened`] : undefined;
  return asOpened ?? fields[register] ?? "";
}

/** Words that others read otherwise than they stand now; none while nobody reads it. */
export function changedSince(roundId: string, fields: Fields): OfTheLeads[] {
  if (openedTo(roundId, fields).size === 0) return [];
  return OF_THE_LEADS.filter((each) => readByOthers(fields, each) !== (fields[each] ?? ""));
}

/** Whether its host has something to read that others do not read yet. */
export function waitsForItsHost(roundId: string): boolean {
  const fields: Fields =
    record("return_summary", derivedId(roundId, "summary")).value?.fields ?? {};
  const isClosedAnew =
    closingOf(roundId) !== null &&
    (fields.opened?.size ?? 0) > 0 &&
    openedTo(roundId, fields).size === 0;
  return isClosedAnew || changedSince(roundId, fields).length > 0;
}

function Before({ words }: { words: string }) {
  return (
    <p class="as-written">
      <span class="field-label">{t("debriefs.others_read")}</span>{" "}
      {words || <span class="soft">{t("words.empty")}</span>}
    </p>
  );
}

/** At the field, for whoever writes there: that the host reads it before anybody else. */
export function ReadByOthers(props: { roundId: string; fields: Fields; register: OfTheLeads }) {
  const { roundId, fields, register } = props;
  if (openedTo(roundId, fields).size === 0) return null;
  const isChanged = changedSince(roundId, fields).includes(register);
  return (
    <div class="stack" role="status">
      <p class="soft label">
        {t(isChanged ? "debriefs.host_reads_change" : "debriefs.host_reads_changes")}
      </p>
      {isChanged && <Before words={readByOthers(fields, register)} />}
    </div>
  );
}

interface Props {
  roundId: string;
  id: string;
  fields: Fields;
  /** A word waits to be looked at, so nothing leaves. */
  waits: boolean;
}

/** For the host: what changed since, what others read meanwhile, and the one way it gets out. */
export function OpenAnew({ roundId, id, fields, waits }: Props) {
  if (!waitsForItsHost(roundId)) return null;
  const changed = changedSince(roundId, fields);
  const open = () => save("return_summary", id, `round:${roundId}`, asItStands(roundId, fields));
  return (
    <div class="stack">
      <Banner tone="careful">
        {t(changed.length > 0 ? "debriefs.changed_since" : "debriefs.closed_anew")}
      </Banner>
      {changed.map((each) => (
        <div key={each}>
          <p class="field-label">{t(`debriefs.${each}`)}</p>
          <p class="as-written">
            <span class="field-label">{t("debriefs.stands_now")}</span> {fields[each]}
          </p>
          <Before words={readByOthers(fields, each)} />
        </div>
      ))}
      <div>
        <Button look="primary" disabled={waits} onPress={open}>
          {t("debriefs.open_as_it_stands")}
        </Button>
      </div>
      {waits && <p class="soft label">{t("debriefs.names_first")}</p>}
    </div>
  );
}
