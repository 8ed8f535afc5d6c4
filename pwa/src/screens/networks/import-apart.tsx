/** What a file holds and this app does not take: said, so that nobody wonders. */
import type { ImportLook } from "./import-api";
import { List, Row, Section } from "../../components";
import { t } from "../../i18n";

export function Apart({ look }: { look: ImportLook }) {
  const { students = 0, families = 0 } = look.forgotten;
  const { gone = 0, other = 0 } = look.left_out;
  const files = look.not_read;
  if (students + families + gone + other + files.length === 0) return null;
  return (
    <Section title={t("imports.apart")}>
      {students > 0 && <p>{t("imports.students", { count: students })}</p>}
      {families > 0 && <p>{t("imports.families", { count: families })}</p>}
      {gone > 0 && <p>{t("imports.gone", { count: gone })}</p>}
      {other > 0 && <p>{t("imports.other", { count: other })}</p>}
      {files.length > 0 && (
        <>
          <p>{t("imports.not_read", { count: files.length })}</p>
          <List label={t("imports.not_read_list")}>
            {files.map(({ name, why }) => (
              <Row key={name} title={name} detail={t(`imports.not_read_${why}`)} />
            ))}
          </List>
        </>
      )}
    </Section>
  );
}
