/**
 * Files of patterns that a member wants each month or quarter. Records of their own space, so
 * one can be wanted and ended offline; the server makes the files, by the rules of any other.
 */
import { useState } from "preact/hooks";
import {
  Button,
  Choice,
  Form,
  List,
  Row,
  Section,
  Select,
  Sheet,
  showToast,
} from "../../components";
import { AskFirst } from "../../components/ask-first";
import { FILE_EVERIES, type FileEvery } from "../../generated/records";
import { formatDate, isKey, language, t } from "../../i18n";
import { list, network, remove, save, type RecordView } from "../../state";
import { makeOnce } from "../making";
import { queryOf, type Asked, type Format } from "./api";
import { askedWords } from "./asked-words";

type RegularFile = RecordView<"regular_file">;

function scopeHere(): string {
  return `own:${network.value?.member_id ?? ""}`;
}

/** The first day of the next month or quarter. */
export function nextBegin(every: FileEvery, now = new Date()): string {
  const months = every === "month" ? 1 : 3 - (now.getMonth() % 3);
  const day = new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 1));
  return day.toISOString().slice(0, 10);
}

/** Whether the same file is made as often already: whoever asks twice wants one. */
function isWanted(query: string, every: FileEvery): boolean {
  const same = ({ fields }: RegularFile) => fields.query === query && fields.every === every;
  return list("regular_file", scopeHere()).value.some(same);
}

interface Wanting {
  asked: Asked;
  formats: readonly Format[];
  open: boolean;
  onClose: () => void;
}

export function MakeRegularly({ asked, formats, open, onClose }: Wanting) {
  const [format, setFormat] = useState<Format>(formats[0] ?? "xlsx");
  const [every, setEvery] = useState<FileEvery>("month");
  const make = async () => {
    const wanted = queryOf(asked);
    wanted.set("language", language.value);
    wanted.set("format", format);
    const query = wanted.toString();
    if (!isWanted(query, every)) {
      await makeOnce("regular_file", `${every} ${query}`, (id) =>
        save("regular_file", id, scopeHere(), { query, every }),
      );
    }
    onClose();
    showToast({ text: t("patterns.regular_made", { day: formatDate(nextBegin(every), "short") }) });
  };
  return (
    <Sheet open={open} title={t("patterns.regular")} onClose={onClose}>
      <Form onSubmit={make}>
        <p class="soft">{t("patterns.regular_lead")}</p>
        <Select<Format>
          label={t("patterns.regular_form")}
          options={formats.map((value) => ({ value, label: t(`patterns.as_${value}`) }))}
          value={format}
          onChange={(chosen) => chosen && setFormat(chosen)}
        />
        <Choice<FileEvery>
          label={t("patterns.regular_every")}
          options={FILE_EVERIES.map((value) => ({
            value,
            label: t(`vocabulary.file_every.${value}`),
          }))}
          value={every}
          onChange={(chosen) => chosen && setEvery(chosen)}
        />
        <Button type="submit" look="primary" wide>
          {t("patterns.regular_make")}
        </Button>
      </Form>
    </Sheet>
  );
}

function titleOf({ fields }: RegularFile): string {
  const key = `patterns.form.${new URLSearchParams(fields.query).get("format") ?? ""}`;
  const form = t("patterns.left_patterns", { form: isKey(key) ? t(key) : "" });
  const every = t(`vocabulary.file_every.${fields.every ?? "month"}`);
  return t("patterns.regular_title", { form, every });
}

function detailOf({ fields }: RegularFile): string {
  const next = formatDate(nextBegin(fields.every ?? "month"), "short");
  const asked = askedWords(Object.fromEntries(new URLSearchParams(fields.query)));
  return `${asked} · ${t("patterns.regular_next", { day: next })}`;
}

/** Those of the member, each ended after a question. */
export function RegularFiles() {
  const wanted = list("regular_file", scopeHere()).value.filter(({ fields }) => fields.every);
  if (wanted.length === 0) return null;
  return (
    <Section title={t("patterns.regular")}>
      <List label={t("patterns.regular")}>
        {wanted.map((file) => (
          <Row
            key={file.id}
            title={titleOf(file)}
            detail={detailOf(file)}
            end={
              <AskFirst
                look="quiet"
                act={t("patterns.regular_end")}
                onAct={() => remove("regular_file", file.id)}
              >
                <p>{t("patterns.regular_end_asked", { file: titleOf(file) })}</p>
              </AskFirst>
            }
          />
        ))}
      </List>
    </Section>
  );
}
