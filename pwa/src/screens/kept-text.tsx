/**
 * A text field that belongs to a record: typed words go to this tablet by themselves, and
 * another version of the same text is shown beside it, never in its place.
 *
 * While the field has the focus it shows what is typed here; what others wrote in the
 * meantime is shown when the field is left.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button, TextArea, TextField } from "../components";
import { keeperOf } from "../components/note-editor-keeping";
import { t } from "../i18n";
import { closeEditor, save, type Kind, type RecordView, type SetOf, type Version } from "../state";

interface KeptTextProps {
  kind: Kind;
  id: string;
  scope: string;
  register: string;
  /** What the record holds now. */
  value: string;
  versions?: readonly Version[] | undefined;
  label: string;
  labelHidden?: boolean;
  hint?: string | undefined;
  placeholder?: string | undefined;
  rows?: number;
  oneLine?: boolean;
  /** No frame: writing on the page itself. */
  plain?: boolean;
  disabled?: boolean;
}

function textSet(register: string, text: string): SetOf<Kind> {
  return { [register]: text } as SetOf<Kind>;
}

/** What is typed, kept on disk within half a second of a pause. */
function useKept({ kind, id, scope, register, value }: KeptTextProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keeper = useMemo(
    () =>
      keeperOf((text, open) => save(kind, id, scope, textSet(register, text), { editing: open })),
    [kind, id, scope, register],
  );
  const leave = async () => {
    await keeper.flush();
    closeEditor(id);
    setTyped(null);
  };
  useEffect(() => {
    const hide = () => void keeper.flush({ open: true });
    addEventListener("pagehide", hide);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("pagehide", hide);
      document.removeEventListener("visibilitychange", hide);
      void leave();
    };
  }, [keeper]);
  return {
    shown: typed ?? value,
    onInput: (text: string) => {
      setTyped(text);
      keeper.typed(text);
    },
    onBlur: () => void leave(),
  };
}

/** The versions that did not come first, each with one button that brings it back. */
export function OtherVersions(
  props: Pick<KeptTextProps, "kind" | "id" | "scope" | "register"> & {
    versions: readonly Version[];
  },
) {
  const { kind, id, scope, register, versions } = props;
  const settle = (text: string) =>
    save(kind, id, scope, textSet(register, text), { resolve: true });
  const [first, ...others] = versions.map((version) => String(version.value ?? ""));
  return (
    <div class="banner stack" role="group" aria-label={t("sync.another_version")}>
      <p class="label">{t("sync.another_version")}</p>
      {others.map((text) => (
        <div class="stack" key={text}>
          <p>{text}</p>
          <div class="cluster">
            <Button onPress={() => settle(text)}>{t("sync.use_this_version")}</Button>
            <Button onPress={() => settle(`${first}\n${text}`)}>{t("sync.keep_both")}</Button>
          </div>
        </div>
      ))}
      <Button look="quiet" onPress={() => settle(first ?? "")}>
        {t("sync.keep_shown")}
      </Button>
    </div>
  );
}

export function KeptText(props: KeptTextProps) {
  const { shown, onInput, onBlur } = useKept(props);
  const { label, labelHidden = false, hint, placeholder, versions = [] } = props;
  const field = { label, labelHidden, hint, placeholder, value: shown, onInput, onBlur };
  return (
    <>
      {props.oneLine ? (
        <TextField {...field} disabled={props.disabled ?? false} />
      ) : (
        <TextArea
          {...field}
          rows={props.rows ?? 2}
          plain={props.plain ?? false}
          disabled={props.disabled ?? false}
        />
      )}
      {versions.length > 1 && !props.disabled && <OtherVersions {...props} versions={versions} />}
    </>
  );
}

/** The props of a KeptText for one register of a record that is there. */
export function kept<K extends Kind>(
  record: RecordView<K>,
  register: keyof RecordView<K>["fields"] & string,
) {
  const value = (record.fields as Record<string, unknown>)[register];
  return {
    kind: record.kind,
    id: record.id,
    scope: record.scope,
    register,
    value: typeof value === "string" ? value : "",
    versions: record.versions[register],
  };
}
