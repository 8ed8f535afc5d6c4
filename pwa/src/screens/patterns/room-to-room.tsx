/**
 * What was much the same from room to room, and what was not, by core element: the network's own
 * words with their evidence. No room, no school and no figure of either stands here.
 */
import { useLocation } from "preact-iso";
import { Empty, PrintSheet, Screen, Section } from "../../components";
import { ROOM_TO_ROOMS, type RoomToRoom } from "../../generated/records";
import { language, t } from "../../i18n";
import { network } from "../../state";
import { findPatterns, queryOf, type Asked, type PatternsFound } from "./api";
import { AskedOnPaper, askedIn, Asking } from "./asking";
import { Base } from "./base";
import { Findings } from "./findings";
import { KeepView } from "./saved-views";
import { TakeTable } from "./take-table";
import { Unanswered } from "./unanswered";
import { useLook } from "./use-look";
import "./patterns.css";

type Found = Record<RoomToRoom, PatternsFound>;

async function findRooms(networkId: string, asked: Asked): Promise<Found> {
  const found = ROOM_TO_ROOMS.map(async (rooms) => {
    return [rooms, await findPatterns(networkId, { ...asked, rooms }, language.value)] as const;
  });
  return Object.fromEntries(await Promise.all(found)) as Found;
}

function Rooms({ found, networkId, asked }: { found: Found; networkId: string; asked: Asked }) {
  const some = ROOM_TO_ROOMS.filter((rooms) => found[rooms].findings.length > 0);
  if (some.length === 0) return <Empty>{found.alike.nothing}</Empty>;
  return (
    <PrintSheet>
      <div class="stack-wide">
        <AskedOnPaper asked={asked} questions={found.alike.questions} />
        <Base lines={found.alike.base_lines} />
        <div class="by-context">
          {some.map((rooms) => (
            <Section key={rooms} title={t(`vocabulary.room_to_room.${rooms}`)}>
              <Findings
                first={found[rooms]}
                of={{ networkId, asked: { ...asked, rooms } }}
                parted
              />
            </Section>
          ))}
        </div>
        <p class="soft label by-context-note">{t("patterns.rooms_note")}</p>
      </div>
    </PrintSheet>
  );
}

export default function RoomToRoomScreen() {
  const { query, route } = useLocation();
  const whole = askedIn(query);
  const asked = { ...whole, rooms: null };
  const networkId = network.value?.network.id ?? "";
  const { value, error, again } = useLook(findRooms, networkId, asked);
  return (
    <Screen
      title={t("patterns.rooms")}
      lead={t("patterns.rooms_lead")}
      wide
      action={<TakeTable table="room_to_room" asked={asked} />}
      back={{ href: `/patterns?${queryOf(whole)}`, label: t("app.patterns") }}
    >
      <div class="stack-wide">
        <Asking
          asked={asked}
          questions={value?.alike.questions ?? []}
          without="rooms"
          onAsk={(wanted) => {
            const kept = queryOf({ ...wanted, rooms: whole.rooms });
            route(`/patterns/rooms?${kept}`, true);
          }}
        />
        <KeepView asked={queryOf(asked)} look="rooms" />
        {value && <Rooms found={value} networkId={networkId} asked={asked} />}
        {error !== undefined && <Unanswered error={error} again={again} />}
      </div>
    </Screen>
  );
}
