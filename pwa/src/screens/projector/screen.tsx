/** A second screen: on a projector's laptop or in the browser of a television. Shows, only. */
import { useEffect } from "preact/hooks";
import { Button } from "../../components";
import { formatClock, t } from "../../i18n";
import { useWakeLock } from "../awake";
import { roomNow, useFollowing, type Following } from "./following";
import { RoomPage } from "./room-page";
import "./projector.css";

function Digits({ code }: { code: string }) {
  return (
    <div class="room-middle">
      <p class="room-digits" aria-label={t("screens.digits")}>
        {code.slice(0, 3)} {code.slice(3)}
      </p>
      <p>{t("screens.type_digits")}</p>
      {document.fullscreenEnabled && (
        <p>
          <Button onPress={() => void document.documentElement.requestFullscreen()}>
            {t("screens.full_screen")}
          </Button>
        </p>
      )}
    </div>
  );
}

function Shown({ state, begin }: { state: Following; begin: () => void }) {
  switch (state.at) {
    case "waiting":
      return <Digits code={state.code ?? ""} />;
    case "following":
      if (state.room) return <RoomPage room={state.room} now={roomNow} />;
      return <h1 class="room-middle">{t("screens.not_begun")}</h1>;
    case "ended":
    case "refused":
      return (
        <div class="room-middle">
          <p>{t(state.at === "ended" ? "screens.ended" : "screens.too_many")}</p>
          <Button onPress={begin}>{t("screens.again")}</Button>
        </div>
      );
    case "asking":
      return (
        <p class="room-middle">{t(state.lostSince ? "screens.no_server" : "screens.asking")}</p>
      );
  }
}

export default function SecondScreen() {
  const [state, begin] = useFollowing();
  useWakeLock();
  useEffect(() => {
    document.title = `${t("screens.title")} · ${t("app.name")}`;
  }, []);
  return (
    <div class="room-screen">
      {state.at !== "following" && <h1 class="only-heard">{t("screens.title")}</h1>}
      <Shown state={state} begin={begin} />
      {state.lostSince && state.at !== "asking" && (
        <p class="room-foot" role="status">
          {t("screens.last_seen", { time: formatClock(state.lostSince.toISOString()) })}
        </p>
      )}
    </div>
  );
}
