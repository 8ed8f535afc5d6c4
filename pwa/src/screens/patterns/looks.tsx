/** Every look at patterns over rounds, by the word that stands in its address. */
import { useRoute } from "preact-iso";
import NotFound from "../not-found";
import AlikeScreen from "./alike";
import ByContextScreen from "./by-context";
import ByQuestionScreen from "./by-question";
import FilesScreen from "./files";
import OverTimeScreen from "./over-time";
import PatternsScreen from "./patterns";
import RoomToRoomScreen from "./room-to-room";
import ThenAndNowScreen from "./then-and-now";

const LOOKS = new Map([
  ["time", OverTimeScreen],
  ["contexts", ByContextScreen],
  ["questions", ByQuestionScreen],
  ["rooms", RoomToRoomScreen],
  ["schools", ThenAndNowScreen],
  ["alike", AlikeScreen],
  ["files", FilesScreen],
]);

export default function LooksScreen() {
  const { look } = useRoute().params;
  const Look = look ? (LOOKS.get(look) ?? NotFound) : PatternsScreen;
  return <Look />;
}
