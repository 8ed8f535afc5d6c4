/** An admin keeps the notes of a round, for a reason that members read, or lets them go again. */
import { whyNot } from "../../api";
import { Banner, Button, Sheet, TextArea, useAsking } from "../../components";
import { t } from "../../i18n";
import { memberName } from "../names";
import { useDraft } from "../words/draft";
import { liftHold, placeHold, type RetentionRound } from "./api";
import { dayOf, roundName } from "./words";

interface HoldProps {
  networkId: string;
  round: RetentionRound;
  onDone: () => void;
}

const MOST = 500;

function PlaceHold({ networkId, round, onDone }: HoldProps) {
  const { forget, ...typed } = useDraft(`retention.hold.${round.round_id}`);
  const reason = typed.value.trim();
  const asking = useAsking();
  const place = () =>
    asking.run(async () => {
      await placeHold(networkId, round.round_id, reason);
      await forget();
      onDone();
    });
  return (
    <>
      <p>{t("retention.hold_lead")}</p>
      <TextArea label={t("retention.reason")} {...typed} rows={2} />
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button
        look="primary"
        wide
        disabled={!reason || reason.length > MOST || asking.waiting}
        onPress={place}
      >
        {t("retention.hold")}
      </Button>
    </>
  );
}

function LiftHold({ networkId, round, onDone }: HoldProps) {
  const asking = useAsking();
  const { hold } = round;
  const lift = () =>
    asking.run(async () => {
      await liftHold(networkId, round.round_id);
      onDone();
    });
  return (
    <>
      {hold && (
        <p>
          {t("retention.reason_is", {
            name: memberName(hold.placed_by),
            date: dayOf(hold.placed_at),
            reason: hold.reason,
          })}
        </p>
      )}
      <p>{t("retention.lift_lead")}</p>
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button look="careful" wide disabled={asking.waiting} onPress={lift}>
        {t("retention.lift")}
      </Button>
    </>
  );
}

interface HoldSheetProps {
  networkId: string;
  round: RetentionRound | undefined;
  onClose: () => void;
  onDone: () => void;
}

export function HoldSheet({ networkId, round, onClose, onDone }: HoldSheetProps) {
  const title = round ? roundName(round.round_id, round.host_school_id) : "";
  return (
    <Sheet open={round !== undefined} title={title} onClose={onClose}>
      {round?.hold && <LiftHold networkId={networkId} round={round} onDone={onDone} />}
      {round && !round.hold && <PlaceHold networkId={networkId} round={round} onDone={onDone} />}
    </Sheet>
  );
}
