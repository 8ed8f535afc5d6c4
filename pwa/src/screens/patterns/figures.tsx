/** How many classrooms were visited, by grade band and subject: figures, and they come second. */
import { List, Row } from "../../components";
import { GRADE_BANDS } from "../../generated/records";
import { t, type Key } from "../../i18n";
import { KeptBack } from "../kept-back";
import type { PatternsFound } from "./api";
import { oneOf } from "./asking";

function figureName(of: string | null): string {
  if (of === null) return t("patterns.all_classrooms");
  const list = oneOf(GRADE_BANDS, of) ? "grade_band" : "school_subject";
  return t(`vocabulary.${list}.${of}` as Key);
}

/** Digits, or the words for too few and for a part that is too few. */
function Classrooms({ words, rule }: { words: string; rule: string }) {
  return /^\d+$/.test(words) ? <>{words}</> : <KeptBack words={words} rule={rule} />;
}

interface FiguresProps {
  found: Pick<PatternsFound, "figures" | "about_figures">;
  /** A part of the patterns was asked for, and these are not of it. */
  ofPart: boolean;
}

export function Figures({ found, ofPart }: FiguresProps) {
  return (
    <details class="finding-evidence">
      <summary>{t("patterns.classrooms_visited")}</summary>
      <p class="soft label">
        {ofPart && `${t("patterns.figures_of_whole_rounds")} `}
        {found.about_figures}
      </p>
      <List label={t("patterns.classrooms_visited")}>
        {found.figures.map((figure) => (
          <Row
            key={figure.of}
            title={figureName(figure.of)}
            end={<Classrooms words={figure.classrooms} rule={found.about_figures} />}
          />
        ))}
      </List>
    </details>
  );
}
