/**
 * Rounds that their hosts have not opened, listed as such and nothing more: by the quarter they
 * were in, which *Over time* says anyway, and never by day, school or name (docs/adr/0059).
 */
import { List, Row } from "../../components";
import { t } from "../../i18n";
import type { Quarter } from "./api";
import { useOpenOnPaper } from "./on-paper";

/** As many as are read at a glance; more of them lie folded. */
const AT_A_GLANCE = 6;

export function NotReleased({ quarters }: { quarters: readonly Quarter[] }) {
  const folded = useOpenOnPaper();
  const waiting = quarters.flatMap(({ visited, not_released_count }) =>
    Array.from({ length: not_released_count }, () => visited),
  );
  if (waiting.length === 0) return null;
  return (
    <details ref={folded} class="finding-evidence" open={waiting.length <= AT_A_GLANCE}>
      <summary>{t("patterns.not_released")}</summary>
      <p class="soft label">{t("patterns.not_released_lead")}</p>
      <List long label={t("patterns.not_released")}>
        {waiting.map((visited, at) => (
          <Row
            key={at}
            title={t("patterns.not_released_round", { visited })}
            end={<span class="soft label">{t("patterns.not_released_yet")}</span>}
          />
        ))}
      </List>
    </details>
  );
}
