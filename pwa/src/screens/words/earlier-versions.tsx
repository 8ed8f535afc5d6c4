/**
 * Earlier versions of a text: who wrote it, on which day, what it said, and a way back.
 *
 * Asked of the server, so it needs a connection; putting one back is a save like any other and
 * names every version there is. Who wrote is told only where the record's kind tells it.
 */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Button, Progress, Sheet, showToast, useAnswer } from "../../components";
import { formatDate, formatMoment, t } from "../../i18n";
import { history, network, record, save, type Kind, type PastChange } from "../../state";
import { memberName } from "../names";
import { setting, type SavedField } from "./saved-field";

/** What the field said, newest first, the same words told once. */
export function textsIn(changes: readonly PastChange[], field: string): PastChange[] {
  const said = changes.filter((change) => typeof change.set[field] === "string");
  return said.filter((change, at) => change.set[field] !== said[at + 1]?.set[field]);
}

function whoAndWhen({ by, made_at }: PastChange): string {
  const isMine = by !== undefined && by === network.value?.member_id;
  const date = isMine ? formatMoment(made_at) : formatDate(made_at.slice(0, 10), "short");
  return by ? t("words.by_on", { name: memberName(by), date }) : date;
}

async function putBack<K extends Kind>(target: SavedField<K>, text: string): Promise<void> {
  const { kind, id, scope, field } = target;
  const fields = record(kind, id).peek()?.fields as Record<string, unknown> | undefined;
  const before = String(fields?.[field] ?? "");
  const put = (value: string) => save(kind, id, scope, setting(field, value), { resolve: true });
  await put(text);
  showToast({ text: t("words.is_back"), undo: () => put(before) });
}

interface OneVersionProps {
  change: PastChange;
  text: string;
  isNow: boolean;
  onBack: () => unknown;
}

function OneVersion({ change, text, isNow, onBack }: OneVersionProps) {
  return (
    <li class="version">
      <p class="field-label">
        {isNow && `${t("words.as_it_is")} · `}
        {whoAndWhen(change)}
      </p>
      <p class="as-written">{text || <span class="soft">{t("words.empty")}</span>}</p>
      {!isNow && (
        <Button
          icon="undo"
          label={t("words.put_back_of", { words: text.slice(0, 60) })}
          onPress={onBack}
        >
          {t("words.put_back")}
        </Button>
      )}
    </li>
  );
}

/** The list alone, for a sheet that is open already. */
export function EarlierVersions<K extends Kind>(props: SavedField<K> & { onBack?: () => void }) {
  const heard = useAnswer(() => history(props.id), props.id);
  const fields = record(props.kind, props.id).value?.fields as Record<string, unknown> | undefined;
  if (heard.error !== undefined) return <p role="status">{whyNot(heard.error)}</p>;
  if (!heard.value) return <Progress label={t("app.loading")} />;
  const versions = textsIn(heard.value, props.field);
  if (versions.length === 0) return <p class="soft">{t("words.no_earlier")}</p>;
  const back = async (text: string) => {
    await putBack(props, text);
    props.onBack?.();
  };
  return (
    <ul class="list">
      {versions.map((change) => {
        const text = String(change.set[props.field]);
        const isNow = text === fields?.[props.field];
        const act = () => back(text);
        return <OneVersion key={change.id} {...{ change, text, isNow }} onBack={act} />;
      })}
    </ul>
  );
}

/** Behind a quiet button beside a field's label. */
export function EarlierButton<K extends Kind>(props: SavedField<K> & { label: string }) {
  const [open, setOpen] = useState(false);
  const { kind, id, scope, field, label } = props;
  const close = () => setOpen(false);
  return (
    <div class="earlier-words">
      <Button
        look="quiet"
        popup="dialog"
        label={t("words.earlier_of", { name: label })}
        onPress={() => setOpen(true)}
      >
        {t("words.earlier")}
      </Button>
      <Sheet open={open} title={t("words.earlier_of", { name: label })} onClose={close}>
        <p class="soft">{t("words.earlier_lead")}</p>
        <EarlierVersions {...{ kind, id, scope, field }} onBack={close} />
      </Sheet>
    </div>
  );
}
