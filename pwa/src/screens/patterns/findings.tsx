/**
 * Findings in words, each with its evidence folded below it. The server gives them in pages,
 * and of each the first evidence; the rest comes when it is asked for.
 */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import { Banner, Button, ElementMark, useAsking } from "../../components";
import type { CoreElement } from "../../generated/records";
import { language, t } from "../../i18n";
import {
  evidenceOf,
  nextPage,
  type Asked,
  type Evidence,
  type Finding,
  type FindingsPage,
} from "./api";
import { useOpenOnPaper } from "./on-paper";
import { More, usePages } from "./paging";

interface Of {
  networkId: string;
  asked: Asked;
}

/**
 * What it is about, its shape with its word; and from what kind of class it is, where that may
 * be said: in the words of the files.
 */
function CardAbout({ card: { element, grade_band, subject, context } }: { card: Evidence }) {
  const about = [
    ...(grade_band ? [t(`vocabulary.grade_band.${grade_band}`)] : []),
    ...(subject ? [t(`vocabulary.school_subject.${subject}`)] : []),
    ...context.map((word) => t(`vocabulary.program_context.${word}`)),
  ];
  if (!element && about.length === 0) return null;
  return (
    <span class="soft label finding-card-about">
      {element && <ElementMark element={element} />}
      {element && about.length > 0 && " · "}
      {about.join(" · ")}
    </span>
  );
}

interface LineProps {
  finding: Finding;
  of: Of;
  /** With its quarter, where no heading says it. */
  dated: boolean;
  /** The evidence is what one came for: that is so where words are searched for. */
  unfolded: boolean;
}

function FindingLine({ finding, of, dated, unfolded }: LineProps) {
  const [all, setAll] = useState<Evidence[]>();
  const { waiting, error, run } = useAsking();
  const evidence = useOpenOnPaper();
  const show = async () => setAll(await evidenceOf(of.networkId, of.asked, finding.id));
  return (
    <li class="finding keep-together">
      <p class="finding-sentence">{finding.sentence}</p>
      {dated && <p class="soft label">{finding.visited}</p>}
      {finding.evidence.length > 0 && (
        <details ref={evidence} class="finding-evidence" open={unfolded}>
          <summary>{t("patterns.its_evidence")}</summary>
          {finding.problem && (
            <p class="soft label finding-problem">
              {t("patterns.asked_about", { problem: finding.problem })}
            </p>
          )}
          <ul class="finding-cards">
            {(all ?? finding.evidence).map((card, at) => (
              <li key={at}>
                <span class="finding-card-text">{card.text}</span>
                <CardAbout card={card} />
              </li>
            ))}
          </ul>
          {finding.is_cut && !all && (
            <>
              <p class="only-print soft label">{t("patterns.evidence_on_screen")}</p>
              <Button look="plain" disabled={waiting} onPress={() => void run(show)}>
                {t("patterns.all_evidence")}
              </Button>
            </>
          )}
          {error !== undefined && <Banner icon="careful">{whyNot(error)}</Banner>}
        </details>
      )}
    </li>
  );
}

/** The findings of each core element, in the order in which they come. */
function byElement(findings: readonly Finding[]): [CoreElement | null, Finding[]][] {
  const found = new Map<CoreElement | null, Finding[]>();
  for (const finding of findings) {
    found.set(finding.element, [...(found.get(finding.element) ?? []), finding]);
  }
  return [...found];
}

interface FindingsProps extends Partial<Omit<LineProps, "finding" | "of">> {
  first: FindingsPage;
  of: Of;
  /** With a heading above those of each core element. */
  parted?: boolean;
}

export function Findings({
  first,
  of,
  dated = true,
  unfolded = of.asked.words !== null,
  parted = false,
}: FindingsProps) {
  const read = usePages(first, ({ more }) =>
    nextPage("findings", of.networkId, of.asked, language.value, more),
  );
  const all = read.pages.flatMap((page) => page.findings);
  const more = read.pages[read.pages.length - 1]?.more ?? null;
  const parts = parted ? byElement(all) : ([[null, all]] as const);
  return (
    <>
      {parts.map(([element, findings]) => (
        <Fragment key={element}>
          {parted && element && (
            <h3 class="finding-element">{t(`vocabulary.core_element.${element}`)}</h3>
          )}
          <ul class="findings">
            {findings.map((finding) => (
              <FindingLine key={finding.id} {...{ finding, of, dated, unfolded }} />
            ))}
          </ul>
        </Fragment>
      ))}
      <More of={read} more={more} words={t("patterns.more_findings")} />
    </>
  );
}
