/**
 * The register of what left as a file: who takes files out sees all of it, everybody else what
 * read a round of theirs.
 */
import { useState } from "preact/hooks";
import { Empty, List, PrintSheet, Row, Screen, Sheet, useAnswer } from "../../components";
import { formatMoment, isKey, t } from "../../i18n";
import { network, record } from "../../state";
import { memberName } from "../names";
import { filesMade, type FileMade } from "./api";
import { askedWords } from "./asked-words";
import { RegularFiles } from "./regular-files";
import { mayTake } from "./take-table";
import { Unanswered } from "./unanswered";
import { YourFiles } from "./your-files";
import "./patterns.css";

function titleOf({ filter, format }: FileMade): string {
  const form = t(`patterns.form.${format}`);
  const table = `exports.sheet.${filter["table"] ?? ""}`;
  if (isKey(table)) return t("patterns.left_named", { title: t(table), form });
  if (filter["summary"]) return t("patterns.left_summary", { form });
  if (filter["measure"] === undefined) return t("patterns.left_patterns", { form });
  const title = record("measure", filter["measure"]).value?.fields.title;
  return title ? t("patterns.left_named", { title, form }) : t("patterns.left_measure", { form });
}

function isOfPatterns({ filter }: FileMade): boolean {
  return filter["measure"] === undefined && filter["summary"] === undefined;
}

function byWhom({ member_id }: FileMade): string {
  return member_id === null ? t("patterns.left_by_operator") : memberName(member_id);
}

/** How much of each was in it; what was not, is not told. */
function countsOf({ counts }: FileMade): string {
  return Object.entries(counts)
    .flatMap(([what, count]) => {
      const key = `patterns.left_count.${what}`;
      return count > 0 && isKey(key) ? [t(key, { count })] : [];
    })
    .join(" · ");
}

function FileSheet({ file, onClose }: { file: FileMade | undefined; onClose: () => void }) {
  return (
    <Sheet open={file !== undefined} title={file ? titleOf(file) : ""} onClose={onClose}>
      {file && (
        <List>
          <Row title={t("patterns.left_when")} detail={formatMoment(file.made_at)} />
          <Row title={t("patterns.left_by")} detail={byWhom(file)} />
          {isOfPatterns(file) && (
            <Row title={t("patterns.left_asked")} detail={askedWords(file.filter)} />
          )}
          <Row title={t("patterns.left_held")} detail={countsOf(file)} />
          <Row
            title={t("patterns.left_fingerprint")}
            detail={<span class="fingerprint">{file.sha256}</span>}
          />
        </List>
      )}
    </Sheet>
  );
}

export default function FilesScreen() {
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useAnswer(() => filesMade(networkId), networkId);
  const [opened, setOpened] = useState<FileMade>();
  return (
    <Screen
      title={t("patterns.left")}
      lead={t(mayTake() ? "patterns.left_lead" : "patterns.left_lead_yours")}
      back={{ href: "/patterns", label: t("app.patterns") }}
    >
      {mayTake() && (
        <div class="no-print">
          <YourFiles networkId={networkId} />
          <RegularFiles />
        </div>
      )}
      {value?.length === 0 && (
        <Empty>{t(mayTake() ? "patterns.left_none" : "patterns.left_none_yours")}</Empty>
      )}
      {value && value.length > 0 && (
        <PrintSheet>
          <List long label={t("patterns.left")}>
            {value.map((file) => (
              <Row
                key={file.id}
                title={titleOf(file)}
                detail={
                  <>
                    {`${formatMoment(file.made_at)} · ${byWhom(file)}`}
                    {isOfPatterns(file) && <br />}
                    {isOfPatterns(file) && askedWords(file.filter)}
                  </>
                }
                onPress={() => setOpened(file)}
              />
            ))}
          </List>
        </PrintSheet>
      )}
      {error !== undefined && <Unanswered error={error} again={again} away="patterns.left_away" />}
      <FileSheet file={opened} onClose={() => setOpened(undefined)} />
    </Screen>
  );
}
