/** What comes next in a round, for whoever comes back to it before the revisit. */
import { useRoute } from "preact-iso";
import { Screen } from "../../components";
import { t } from "../../i18n";
import { boardOf } from "../debriefs/board";
import { CommitmentBack } from "./commitment";
import { Handover } from "./handover";
import { NextLevel } from "./next-level";
import "../debriefs/debriefs.css";
import "./improvement.css";

export default function ItemsScreen() {
  const roundId = useRoute().params["round"] ?? "";
  const board = boardOf(roundId);
  const back = { href: `/rounds/${roundId}`, label: board.round?.fields.title ?? t("app.rounds") };
  return (
    <Screen title={t("improvement.item")} back={back} wide>
      <div class="stack-wide">
        <Handover roundId={roundId} />
        <CommitmentBack roundId={roundId} />
        <NextLevel scope={board.scope} items={board.items} />
      </div>
    </Screen>
  );
}
