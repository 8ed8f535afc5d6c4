/** One table of the workbook as a file of its own: for programs, with the codebook beside it. */
import { useState } from "preact/hooks";
import { Button, Checkbox, Select, Sheet, useAsking } from "../../components";
import { language, t } from "../../i18n";
import { download } from "../download";
import { schemaAddress, TABLES, type Asked, type Format, type Table } from "./api";
import { askedWords } from "./asked-words";
import { useTaking } from "./taking";

const FORMS = ["csv", "jsonl", "parquet"] as const;

interface OneTableProps {
  networkId: string;
  asked: Asked;
  formats: readonly Format[];
  open: boolean;
  onClose: () => void;
  /** What is chosen of the list at first. */
  first?: Table | null;
}

export function OneTable(props: OneTableProps) {
  const { networkId, asked, formats, open, onClose } = props;
  const [table, setTable] = useState<Table>(props.first ?? "codebook");
  const [form, setForm] = useState<Format>("csv");
  const [bom, setBom] = useState(true);
  const take = useTaking(networkId, asked);
  const { waiting, run } = useAsking();
  const save = () => void run(() => take({ table, format: form, bom }));
  return (
    <Sheet open={open} title={t("patterns.table_title")} onClose={onClose}>
      <div class="stack">
        <p class="soft">{t("patterns.table_lead")}</p>
        <p class="label">{`${t("patterns.left_asked")}: ${askedWords({ ...asked })}`}</p>
        <Select
          label={t("patterns.table_which")}
          options={TABLES.map((value) => ({ value, label: t(`exports.sheet.${value}`) }))}
          value={table}
          onChange={(value) => setTable(value ?? "codebook")}
        />
        <Select
          label={t("patterns.table_form")}
          options={FORMS.filter((each) => formats.includes(each)).map((value) => ({
            value,
            label: t(`patterns.form.${value}`),
          }))}
          value={form}
          onChange={(value) => setForm(value ?? "csv")}
        />
        {form === "csv" && (
          <Checkbox
            label={t("patterns.table_bom")}
            hint={t("patterns.table_bom_hint")}
            checked={bom}
            onChange={setBom}
          />
        )}
        <Button look="primary" disabled={waiting} onPress={save}>
          {t("patterns.table_save")}
        </Button>
        {form === "jsonl" && (
          <Button
            look="quiet"
            onPress={() => download(schemaAddress(networkId, language.value, table))}
          >
            {t("patterns.jsonl_schema")}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
