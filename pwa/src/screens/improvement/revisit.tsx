/**
 * Coming back to a round, months later, on one page: the seal is opened, what was seen of what
 * was predicted, pattern by pattern then and now, what became of each thing to do, and the
 * theory of action in a new version. All of it is records, so it works with the radio off.
 */
import { useRoute } from "preact-iso";
import { Empty, PrintSheet, Screen, Section } from "../../components";
import { t } from "../../i18n";
import { may, type RecordView } from "../../state";
import { planOf } from "../rounds/round-plan";
import { TheoryRevisited, TheoryWords } from "../rounds/theory";
import { CheckBackFields } from "./check-back";
import { CommitmentBack } from "./commitment";
import { Handover } from "./handover";
import { aboutItem } from "./next-level";
import { OpenByName } from "./open-by-name";
import { WhatWasPredicted } from "./predicted";
import { PrintOfRevisit } from "./revisit-names";
import { RevisitPlan } from "./revisit-plan";
import { comingBackTo, type Coming } from "./revisits";
import { Seal } from "./seal";
import { ThenAndNow } from "./then-and-now";
import "../debriefs/debriefs.css";
import "../rounds/rounds.css";
import "./improvement.css";

function Items({
  items,
  scope,
}: {
  items: readonly RecordView<"next_level_item">[];
  scope: string;
}) {
  const mayWrite = may("next_level_item", scope);
  return (
    <Section title={t("improvement.items_became")}>
      {items.length === 0 && <p class="soft">{t("improvement.no_items")}</p>}
      <ul class="items-became">
        {items.map((item) => (
          <li key={item.id} class="stack keep-together">
            <h3>{item.fields.text || t("improvement.unwritten_item")}</h3>
            <p class="soft label">{aboutItem(item, { withLevel: true })}</p>
            <CheckBackFields item={item} disabled={!mayWrite} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Theory({ roundId, since }: { roundId: string; since: string | null | undefined }) {
  const plan = planOf(roundId);
  if (!plan) return null;
  const [now] = plan.theories;
  return (
    <Section title={t("rounds.part.theory")}>
      <div class="no-print">
        <TheoryRevisited plan={plan} since={since} />
      </div>
      {now && (
        <div class="only-print">
          <TheoryWords fields={now.fields} />
        </div>
      )}
    </Section>
  );
}

function ComingBack({ coming }: { coming: Coming }) {
  const { board, seal } = coming;
  const isOpen = seal === "opened" || seal === "none";
  return (
    <div class="stack-wide">
      <RevisitPlan coming={coming} />
      <Seal coming={coming} />
      <Handover roundId={board.roundId} />
      <PrintSheet>
        {isOpen && <ThenAndNow coming={coming} />}
        {seal === "opened" && <WhatWasPredicted board={board} />}
        <CommitmentBack roundId={board.roundId} />
        <Items items={board.items} scope={board.scope} />
        {isOpen && <Theory roundId={board.roundId} since={board.debrief?.closed_at} />}
      </PrintSheet>
      {isOpen && <OpenByName scope={board.scope} roundId={board.roundId} />}
      {isOpen && <PrintOfRevisit coming={coming} />}
    </div>
  );
}

export default function RevisitScreen() {
  const roundId = useRoute().params["round"] ?? "";
  const coming = comingBackTo(roundId);
  const title = coming.board.round?.fields.title ?? t("app.rounds");
  return (
    <Screen
      title={t("improvement.revisit")}
      lead={t("improvement.revisit_lead")}
      back={{ href: `/rounds/${roundId}`, label: title }}
    >
      {coming.board.debrief?.closed_at ? (
        <ComingBack coming={coming} />
      ) : (
        <Empty>{t("improvement.revisit_after")}</Empty>
      )}
    </Screen>
  );
}
