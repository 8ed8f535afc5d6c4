/**
 * The tablet that leads, mirrored to a wall: it shows what a second screen would, made of its
 * own records, and below it a small quiet strip to lead by. Nothing else of the app is drawn.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Guarded } from "../../app/failure";
import { t } from "../../i18n";
import { pollEvery, presented, serverNow } from "../../state";
import { useWakeLock } from "../awake";
import { boardOf } from "../debriefs/board";
import { runbookOf } from "../debriefs/runbook-steps";
import { PresentingStrip } from "./presenting-strip";
import { RoomPage } from "./room-page";
import { roomViewOf } from "./room-view";
import "./projector.css";

const POLL_MS = 5_000;

function Page({ roundId }: { roundId: string }) {
  const room = roomViewOf(boardOf(roundId), runbookOf(roundId));
  if (!room) return <p class="room-middle">{t("screens.not_begun")}</p>;
  return <RoomPage room={room} now={serverNow} />;
}

export default function Presenting() {
  const roundId = presented.value ?? "";
  const page = useRef<HTMLElement>(null);
  useWakeLock();
  useEffect(() => pollEvery(POLL_MS), []);
  useLayoutEffect(() => {
    document.title = t("app.name");
    page.current?.focus();
  }, []);
  return (
    <main class="room-screen" ref={page} tabIndex={-1}>
      <Guarded at={roundId}>
        <Page roundId={roundId} />
      </Guarded>
      <PresentingStrip roundId={roundId} />
    </main>
  );
}
