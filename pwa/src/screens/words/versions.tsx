/**
 * Another version of a field, written at the same time by somebody else: keep, take, or both.
 *
 * Both stay until a person chooses; choosing names every version that was shown.
 */
import { useState } from "preact/hooks";
import { Button, Icon, Sheet, showToast, TextArea } from "../../components";
import { mergedWords } from "../../domain/merged-words";
import { t } from "../../i18n";
import { record, save, type Kind, type Version } from "../../state";
import { memberName } from "../names";
import { useDraft } from "./draft";
import { setting, type SavedField } from "./saved-field";

type OtherVersionsProps<K extends Kind> = SavedField<K> & {
  /** Words can also be kept both, one after the other. */
  words?: boolean;
  read?: ((value: string) => string) | undefined;
};

function nameOf(version: Version | undefined): string {
  return version?.by
    ? t("rounds.versions.there", { name: memberName(version.by) })
    : t("rounds.versions.there_nobody");
}

/** Who else wrote; of several, how many there are. */
function toldOf(versions: readonly Version[]): string {
  const count = versions.length;
  return count > 2 ? t("rounds.versions.several", { count }) : nameOf(versions[1]);
}

/** Shown only where there is more than one version. */
export function OtherVersions<K extends Kind>(props: OtherVersionsProps<K>) {
  const [open, setOpen] = useState(false);
  const versions = record(props.kind, props.id).value?.versions[props.field] ?? [];
  if (versions.length < 2) return null;
  return (
    <>
      <div class="other-version">
        <Icon name="copy" size={18} />
        <span>{toldOf(versions)}</span>
        <Button look="quiet" popup="dialog" onPress={() => setOpen(true)}>
          {t("rounds.versions.look")}
        </Button>
      </div>
      <ChooseSheet {...props} versions={versions} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

type ChooseProps<K extends Kind> = OtherVersionsProps<K> & {
  versions: readonly Version[];
  open: boolean;
  onClose: () => void;
};

function ChooseSheet<K extends Kind>(props: ChooseProps<K>) {
  const { versions, onClose, read } = props;
  const shown = (version: Version) => {
    const value = String(version.value ?? "");
    return value ? (read?.(value) ?? value) : t("rounds.day.not_said");
  };
  const pick = async (value: unknown) => {
    await save(props.kind, props.id, props.scope, setting(props.field, value), { resolve: true });
    onClose();
    showToast({ text: t("rounds.versions.chosen") });
  };
  return (
    <Sheet
      open={props.open}
      title={t("rounds.versions.there_nobody")}
      onClose={onClose}
      actions={<Actions versions={versions} words={props.words ?? false} pick={pick} />}
    >
      <p class="soft">{t("rounds.versions.hint")}</p>
      <div class="versions">
        {versions.map((version, index) => (
          <div key={version.ids.join()} class="version">
            <p class="field-label">{index === 0 ? t("rounds.versions.stands") : nameOf(version)}</p>
            <p class="as-written">{shown(version)}</p>
            {index > 0 && (
              <Button onPress={() => pick(version.value)}>{t("rounds.versions.take")}</Button>
            )}
          </div>
        ))}
      </div>
      {props.words && (
        <Merged place={`${props.id}/${props.field}`} versions={versions} keep={pick} />
      )}
    </Sheet>
  );
}

interface MergedProps {
  /** Which field of which record. */
  place: string;
  versions: readonly Version[];
  keep: (text: string) => Promise<void>;
}

/** The app proposes, a person changes it and says that it stands. */
function Merged({ place, versions, keep }: MergedProps) {
  const texts = versions.map((version) => String(version.value ?? ""));
  const these = versions.flatMap((version) => version.ids).join();
  const { forget, ...words } = useDraft(`merged/${place}/${these}`, texts.reduce(mergedWords));
  const stand = async () => {
    await keep(words.value);
    await forget();
  };
  return (
    <div class="stack">
      <TextArea label={t("words.merged")} hint={t("words.merged_hint")} {...words} rows={3} />
      <div>
        <Button onPress={stand}>{t("words.keep_merged")}</Button>
      </div>
    </div>
  );
}

interface ActionsProps {
  versions: readonly Version[];
  words: boolean;
  pick: (value: unknown) => Promise<void>;
}

function Actions({ versions, words, pick }: ActionsProps) {
  const both = versions.map((version) => String(version.value ?? "")).join("\n\n");
  return (
    <>
      {words && <Button onPress={() => pick(both)}>{t("rounds.versions.both")}</Button>}
      <Button look="primary" onPress={() => pick(versions[0]?.value)}>
        {t("rounds.versions.keep")}
      </Button>
    </>
  );
}
