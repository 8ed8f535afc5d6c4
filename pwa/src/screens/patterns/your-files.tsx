/**
 * A person's own large files: asked for, made by the server in the background, kept for some
 * days. Nobody else sees them. Looks again by itself while one is being made.
 */
import { useEffect, useState } from "preact/hooks";
import { whyNot } from "../../api";
import {
  Banner,
  Button,
  List,
  Progress,
  Row,
  Section,
  Sheet,
  useAnswer,
  useAsking,
} from "../../components";
import { formatDate, formatMoment, language, t } from "../../i18n";
import { download } from "../download";
import { endFile, fileAddress, yourFiles, type YourFile } from "./api";

const LOOKS_AGAIN_MS = 4_000;

function isComing({ state }: YourFile): boolean {
  return state === "waiting" || state === "making";
}

function titleOf({ format, table }: YourFile): string {
  const form = t(`patterns.form.${format}`);
  if (table === null) return t("patterns.left_patterns", { form });
  return t("patterns.left_named", { title: t(`exports.sheet.${table}`), form });
}

function standingOf(file: YourFile): string {
  if (file.state !== "ready") return t(`patterns.file_${file.state}`);
  return t("patterns.file_ready", { day: formatDate(file.goes_at.slice(0, 10), "short") });
}

interface Props {
  networkId: string;
  file: YourFile;
  onDone: () => void;
}

function FileSheet({ networkId, file, onDone }: Props) {
  const { waiting, error, run } = useAsking();
  const fetchIt = () => {
    download(fileAddress(networkId, file.id));
    onDone();
  };
  const end = async () => {
    await endFile(networkId, file.id);
    onDone();
  };
  return (
    <Sheet open title={titleOf(file)} onClose={onDone}>
      <div class="stack">
        <p>{standingOf(file)}</p>
        {file.why && <p class="soft">{file.why}</p>}
        {file.state === "making" && (
          <Progress label={t("patterns.file_making")} value={file.done} max={file.of || 1} />
        )}
        {file.state === "ready" && (
          <Button look="primary" icon="download" onPress={fetchIt}>
            {t("patterns.fetch_file")}
          </Button>
        )}
        <Button look="plain" disabled={waiting} onPress={() => void run(end)}>
          {t("patterns.end_file")}
        </Button>
        {error !== undefined && <Banner icon="careful">{whyNot(error)}</Banner>}
      </div>
    </Sheet>
  );
}

export function YourFiles({ networkId }: { networkId: string }) {
  const { value, again } = useAnswer(() => yourFiles(networkId), `${networkId} ${language.value}`);
  const [openedId, setOpened] = useState<string>();
  const opened = value?.find((file) => file.id === openedId);
  useEffect(() => {
    if (!value?.some(isComing)) return;
    const timer = setTimeout(again, LOOKS_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [value]);
  if (!value?.length) return null;
  return (
    <Section title={t("patterns.yours")}>
      <List label={t("patterns.yours")}>
        {value.map((file) => (
          <Row
            key={file.id}
            title={titleOf(file)}
            detail={`${formatMoment(file.asked_at)} · ${standingOf(file)}`}
            onPress={() => setOpened(file.id)}
          />
        ))}
      </List>
      {opened && (
        <FileSheet
          networkId={networkId}
          file={opened}
          onDone={() => {
            setOpened(undefined);
            again();
          }}
        />
      )}
    </Section>
  );
}
