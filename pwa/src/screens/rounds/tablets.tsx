/**
 * On which tablets something of the round's people still waits: for the lead, in words.
 *
 * A tablet that has been silent for a while is called unknown: it may hold anything.
 */
import { useEffect, useState } from "preact/hooks";
import { List, Row, Section } from "../../components";
import { formatClock, formatMoment, t } from "../../i18n";
import { network, request } from "../../state";
import type { components } from "../../generated/api-types";

type Tablet = components["schemas"]["RoundDevice"];

const EVERY_MS = 30_000;

/** The time alone where it was today, by this tablet's calendar. */
function since(moment: string): string {
  const isToday = new Date(moment).toDateString() === new Date().toDateString();
  return isToday ? formatClock(moment) : formatMoment(moment);
}

function nameOf(tablet: Tablet): string {
  return tablet.device_name || t("rounds.tablets.a_tablet");
}

function titleOf(tablet: Tablet): string {
  const { unsent, oldest_at, unknown_since } = tablet;
  const device = nameOf(tablet);
  if (unsent) {
    const waits = t("rounds.tablets.waits", { count: unsent, device });
    return oldest_at ? t("rounds.tablets.since", { waits, time: since(oldest_at) }) : waits;
  }
  return unknown_since
    ? t("rounds.tablets.unknown_since", { device, time: since(unknown_since) })
    : t("rounds.tablets.unknown", { device });
}

/** That its storage was emptied, when it was last whole, and how much was only there. */
function emptiedWords({ emptied_at, last_whole_at, lost }: NonNullable<Tablet["emptied"]>) {
  const when = { time: since(emptied_at), whole: since(last_whole_at) };
  return lost > 0
    ? t("rounds.tablets.emptied", { ...when, count: lost })
    : t("rounds.tablets.emptied_nothing", when);
}

function detailOf({ member_name, unsent, set_aside, unknown_since, emptied }: Tablet): string {
  const more = [member_name];
  if (emptied) more.push(emptiedWords(emptied));
  if (unsent && unknown_since) more.push(t("rounds.tablets.heard", { time: since(unknown_since) }));
  if (set_aside) more.push(t("rounds.tablets.set_aside", { count: set_aside }));
  return more.join(" · ");
}

/** What the server knows, asked now and then while somebody looks. Null: nobody answered. */
function useTablets(roundId: string): readonly Tablet[] | null {
  const [tablets, setTablets] = useState<readonly Tablet[] | null>(null);
  const networkId = network.value?.network.id ?? "";
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const path = `/networks/${networkId}/rounds/${roundId}/devices`;
      const answer = await request<{ devices: Tablet[] }>("GET", path).catch(() => null);
      if (isHere) setTablets(answer?.devices ?? null);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
  }, [networkId, roundId]);
  return tablets;
}

export function Tablets({ roundId }: { roundId: string }) {
  const tablets = useTablets(roundId);
  if (tablets === null || tablets.length === 0) return null;
  const toName = tablets.filter((each) => each.unsent !== 0 || each.set_aside || each.emptied);
  const quiet = tablets.length - toName.length;
  return (
    <Section title={t("rounds.tablets.title")}>
      <List label={t("rounds.tablets.title")}>
        {toName.map((tablet, index) => (
          <Row
            key={`${tablet.member_id} ${index}`}
            title={tablet.unsent === 0 ? nameOf(tablet) : titleOf(tablet)}
            detail={detailOf(tablet)}
          />
        ))}
        {quiet > 0 && <Row title={t("rounds.tablets.nothing_waits", { count: quiet })} />}
      </List>
    </Section>
  );
}
