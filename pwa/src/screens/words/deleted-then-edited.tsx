/**
 * Somebody deleted this record, and an edit that they had not seen keeps it: a person decides.
 *
 * Stands once in a record's own sheet or line. Keeping names every delete there is, deleting
 * names every word, so that neither comes back by itself.
 */
import { Button, showToast } from "../../components";
import { t } from "../../i18n";
import { may, record, remove, restore, type Kind } from "../../state";
import { memberName } from "../names";
import "./words.css";

interface Target<K extends Kind> {
  kind: K;
  id: string;
  scope: string;
}

export function DeletedThenEdited<K extends Kind>({ kind, id, scope }: Target<K>) {
  const found = record(kind, id).value;
  if (!found?.deletedThenEdited) return null;
  const { deletedBy } = found;
  const takeAway = async () => {
    await remove(kind, id);
    showToast({ text: t("words.deleted_now"), undo: () => restore(kind, id) });
  };
  return (
    <div class="other-version" role="status">
      <span>
        {deletedBy
          ? t("words.deleted_then_edited", { name: memberName(deletedBy) })
          : t("words.deleted_then_edited_nobody")}
      </span>
      {may(kind, scope, ["deleted"]) && (
        <>
          <Button look="quiet" onPress={() => restore(kind, id)}>
            {t("words.keep_it")}
          </Button>
          <Button look="quiet" onPress={takeAway}>
            {t("words.delete_it")}
          </Button>
        </>
      )}
    </div>
  );
}
