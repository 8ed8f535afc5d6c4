/**
 * Next level of work at a glance: by when across, on which level down.
 *
 * A narrow screen has no room for it: there the same things stand one below the other, by when
 * alone. What has no time or no level yet stands first, in no cell.
 */
import type { ComponentChildren } from "preact";
import { HORIZONS, LEVELS, type Horizon, type Level } from "../../generated/records";
import { t } from "../../i18n";
import "./level-grid.css";

/** Where a thing to do belongs. */
export interface Place {
  horizon: Horizon | null;
  level: Level | null;
}

export interface Placed<T> {
  open: T[];
  at: (horizon: Horizon, level?: Level) => T[];
}

/** What stands where; without a level, everything of that time. */
export function placed<T>(items: readonly T[], placeOf: (item: T) => Place): Placed<T> {
  const isOpen = (item: T) => !placeOf(item).horizon || !placeOf(item).level;
  return {
    open: items.filter(isOpen),
    at: (horizon, level) =>
      items.filter((item) => {
        const place = placeOf(item);
        return !isOpen(item) && place.horizon === horizon && (!level || place.level === level);
      }),
  };
}

interface Props {
  /** What stands in a cell; null leaves it empty. */
  cell: (horizon: Horizon, level: Level) => ComponentChildren;
}

export function LevelGrid({ cell }: Props) {
  return (
    <table class="level-grid" aria-label={t("improvement.item")}>
      <thead>
        <tr>
          <td />
          {HORIZONS.map((horizon) => (
            <th key={horizon} scope="col">
              {t(`vocabulary.horizon.${horizon}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LEVELS.map((level) => (
          <tr key={level}>
            <th scope="row">{t(`vocabulary.level.${level}`)}</th>
            {HORIZONS.map((horizon) => (
              <td key={horizon}>{cell(horizon, level)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
