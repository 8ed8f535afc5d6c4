/**
 * How long notes are kept: the network's days, and round by round when they go or why they
 * stay. An admin changes both; every member sees holds and their own rounds.
 */
import { useState } from "preact/hooks";
import { whyNot } from "../../api";
import {
  Banner,
  Button,
  Empty,
  List,
  Row,
  Screen,
  Section,
  Sheet,
  Tag,
  TextField,
  useAnswer,
  useAsking,
} from "../../components";
import { formatDate, t } from "../../i18n";
import { network, renewMe } from "../../state";
import { memberName } from "../names";
import { askRetention, changeDays, type Retention, type RetentionRound } from "./api";
import { HoldSheet } from "./hold-sheet";
import { dayOf, HowLong, keptThrough, roundName } from "./words";

function standingOf({ hold, gone, kept_through: through }: RetentionRound): string {
  if (hold) {
    return t("retention.held", {
      name: memberName(hold.placed_by),
      date: dayOf(hold.placed_at),
      reason: hold.reason,
    });
  }
  if (gone) return t("retention.gone");
  return through ? keptThrough(through) : t("retention.undated");
}

interface DaysProps {
  networkId: string;
  days: number;
  onDone: () => void;
}

function DaysForm({ networkId, days, onDone }: DaysProps) {
  const [typed, setTyped] = useState(String(days));
  const asking = useAsking();
  const wanted = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 999;
  const save = () =>
    asking.run(async () => {
      await changeDays(networkId, wanted);
      await renewMe();
      onDone();
    });
  return (
    <>
      <TextField
        label={t("retention.days")}
        hint={t("retention.days_hint")}
        inputMode="numeric"
        value={typed}
        onInput={setTyped}
      />
      {asking.error !== undefined && <Banner tone="careful">{whyNot(asking.error)}</Banner>}
      <Button look="primary" wide disabled={wanted > 365 || asking.waiting} onPress={save}>
        {t("app.save")}
      </Button>
    </>
  );
}

interface RoundsProps {
  rounds: readonly RetentionRound[];
  onPress: ((round: RetentionRound) => void) | undefined;
}

function Rounds({ rounds, onPress }: RoundsProps) {
  if (rounds.length === 0) return <Empty>{t("retention.none_yet")}</Empty>;
  return (
    <List long label={t("retention.rounds")}>
      {rounds.map((round) => (
        <Row
          key={round.round_id}
          title={[
            roundName(round.round_id, round.host_school_id),
            round.visits_on && formatDate(round.visits_on, "short"),
          ]
            .filter(Boolean)
            .join(" · ")}
          detail={standingOf(round)}
          end={round.hold && <Tag>{t("retention.is_held")}</Tag>}
          onPress={onPress && !round.gone ? () => onPress(round) : undefined}
        />
      ))}
    </List>
  );
}

function Kept({ found, again }: { found: Retention; again: () => void }) {
  const [changing, setChanging] = useState(false);
  const [held, setHeld] = useState<RetentionRound>();
  const networkId = network.value?.network.id ?? "";
  const isAdmin = network.value?.roles.includes("admin") ?? false;
  const close = () => {
    setChanging(false);
    setHeld(undefined);
  };
  const done = () => {
    close();
    again();
  };
  return (
    <>
      <Section title={t("retention.how_long")}>
        <HowLong days={found.days} />
        <p>{t("retention.unclosed", { count: found.unclosed_days })}</p>
        <p>{t("retention.late")}</p>
        <p class="soft">{t("retention.backups")}</p>
        {isAdmin && (
          <div>
            <Button onPress={() => setChanging(true)}>{t("retention.change")}</Button>
          </div>
        )}
      </Section>
      <Section title={t("retention.rounds")}>
        <Rounds rounds={found.rounds} onPress={isAdmin ? setHeld : undefined} />
      </Section>
      <Sheet open={changing} title={t("retention.change")} onClose={close}>
        <DaysForm networkId={networkId} days={found.days} onDone={done} />
      </Sheet>
      <HoldSheet networkId={networkId} round={held} onClose={close} onDone={done} />
    </>
  );
}

export default function Keeping() {
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useAnswer(() => askRetention(networkId), networkId);
  return (
    <Screen
      title={t("accounts.keeping")}
      lead={t("retention.lead")}
      back={{ href: "/settings", label: t("app.settings") }}
    >
      <div class="stack-wide">
        {error !== undefined && !value && <Banner>{whyNot(error)}</Banner>}
        {value && <Kept found={value} again={again} />}
      </div>
    </Screen>
  );
}
