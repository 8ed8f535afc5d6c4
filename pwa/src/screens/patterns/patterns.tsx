/**
 * A network's patterns over its rounds, in words: what was agreed, schools pooled, figures
 * last. Every view is a link; nothing here sets one school beside another (rule 16).
 */
import { useLocation } from "preact-iso";
import { useState } from "preact/hooks";
import { Empty, LinkButton, Menu, PrintSheet, Screen } from "../../components";
import { t } from "../../i18n";
import { network } from "../../state";
import {
  asksForPart,
  findPatterns,
  queryOf,
  type Asked,
  type Format,
  type PatternsFound,
} from "./api";
import { AskedOnPaper, askedIn, Asking, isNarrowed } from "./asking";
import { Base } from "./base";
import { Figures } from "./figures";
import { Findings } from "./findings";
import { NextLevel } from "./next-level";
import { NotReleased } from "./not-released";
import { MakeRegularly } from "./regular-files";
import { KeepView, SavedViews } from "./saved-views";
import { OneTable } from "./one-table";
import { ReadyFile } from "./ready-file";
import { mayTake, tableIn } from "./take-table";
import { useTaking } from "./taking";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
import "./patterns.css";

function Found({ found, of }: { found: PatternsFound; of: { networkId: string; asked: Asked } }) {
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={of.asked} questions={found.questions} />
        <Base lines={found.base_lines} />
        {found.findings.length === 0 ? (
          <Empty>{found.nothing}</Empty>
        ) : (
          <Findings first={found} of={of} />
        )}
        <NextLevel first={found} of={of} />
        <Figures found={found} ofPart={asksForPart(of.asked)} />
        <NotReleased quarters={found.quarters} />
      </div>
    </PrintSheet>
  );
}

/** In the order in which people ask for them. */
const FORMATS: readonly Format[] = ["xlsx", "pdf", "csv", "json", "jsonl", "parquet"];

function Export(props: { networkId: string; asked: Asked; formats: readonly Format[] }) {
  const { networkId, asked, formats } = props;
  const take = useTaking(networkId, asked);
  const { query, route } = useLocation();
  const first = tableIn(query);
  const [choosing, setChoosing] = useState(first !== null);
  const [regularly, setRegularly] = useState(false);
  const close = () => {
    setChoosing(false);
    if (first) route(`/patterns?${queryOf(asked)}`, true);
  };
  const here = FORMATS.filter((format) => formats.includes(format));
  const file = (format: Format) => ({
    label: t(`patterns.as_${format}`),
    onPress: () => void take({ format }),
  });
  return (
    <>
      <Menu
        label={t("patterns.export")}
        icon="download"
        look="plain"
        items={[
          ...here.map(file),
          { label: t("patterns.regularly"), onPress: () => setRegularly(true) },
          { label: t("patterns.table"), onPress: () => setChoosing(true) },
        ]}
      />
      <OneTable {...props} first={first} open={choosing} onClose={close} />
      <MakeRegularly
        asked={asked}
        formats={here}
        open={regularly}
        onClose={() => setRegularly(false)}
      />
    </>
  );
}

/**
 * Each asks on for what is asked here. A list that is folded on a phone, where what was agreed
 * would else begin below it.
 */
function OtherLooks({ asked }: { asked: Asked }) {
  const [hasRoom] = useState(() => matchMedia("(min-width: 48rem)").matches);
  const looks = [
    [`/patterns/time?${queryOf(asked)}`, "patterns.over_time"],
    [`/patterns/contexts?${queryOf(asked)}`, "patterns.by_context"],
    [`/patterns/questions?${queryOf(asked)}`, "patterns.by_question"],
    [`/patterns/rooms?${queryOf(asked)}`, "patterns.rooms"],
    ["/patterns/schools", "patterns.then_and_now"],
    [`/patterns/alike?${queryOf(asked)}`, "agreement.title"],
    ["/patterns/measures", "measures.link"],
    ["/patterns/files", "patterns.left"],
  ] as const;
  return (
    <details class="finding-evidence no-print" open={hasRoom}>
      <summary>{t("patterns.other_looks")}</summary>
      <nav class="pattern-looks" aria-label={t("patterns.other_looks")}>
        {looks.map(([href, words]) => (
          <LinkButton key={words} href={href} look="quiet">
            {t(words)}
          </LinkButton>
        ))}
      </nav>
    </details>
  );
}

export default function PatternsScreen() {
  const { query, route } = useLocation();
  const asked = askedIn(query);
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findPatterns, networkId, asked);
  const ask = (wanted: Asked) => route(`/patterns?${queryOf(wanted)}`, true);
  return (
    <Screen
      title={t("app.patterns")}
      lead={t("patterns.lead")}
      action={
        mayTake() && value ? (
          <Export networkId={networkId} asked={asked} formats={value.formats} />
        ) : undefined
      }
    >
      <div class="stack-wide">
        {mayTake() && <ReadyFile networkId={networkId} />}
        <OtherLooks asked={asked} />
        <Asking asked={asked} onAsk={ask} questions={value?.questions ?? []} />
        {isNarrowed(asked) && <KeepView asked={queryOf(asked)} />}
        {!isNarrowed(asked) && <SavedViews />}
        {value && <Found found={value} of={{ networkId, asked }} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
