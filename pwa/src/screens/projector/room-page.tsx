/**
 * The page of a step as a room reads it from its last row: what we do now, for how long, and
 * what we work on together. No name, no classroom, no number of cards.
 */
import { ElementMark } from "../../components";
import { HORIZONS } from "../../generated/records";
import type { StepClock } from "../../domain/step-clock";
import { t } from "../../i18n";
import { howMany, sentence } from "../debriefs/pattern-list";
import { beginningOf } from "../debriefs/long-words";
import { linesOf, NOTHING_TYPED, wordsOf } from "../debriefs/runbook-steps";
import { SilentTime, StepTime } from "../debriefs/step-time";
import { LevelGrid, placed, type Place } from "../improvement/level-grid";
import { sealedWords } from "../improvement/seal";
import { useWide } from "../wide";
import { useFit } from "./fit";
import type { RoomGroup, RoomView } from "./room-view";
import "./projector.css";

function titleOf({ place, name }: RoomGroup): string {
  if (place === "loose") return t("screens.not_grouped");
  if (place === "apart") return t("screens.fits_nowhere");
  return name || t("screens.unnamed_group");
}

function Wall({ groups }: { groups: readonly RoomGroup[] }) {
  if (groups.length === 0) return <p class="room-soft">{t("screens.no_cards")}</p>;
  const onlyLoose = groups.every(({ place }) => place === "loose");
  return (
    <>
      <p class="room-soft room-crowded">{t("screens.more_on_the_wall")}</p>
      <div class="room-wall">
        {groups.map((group, at) => (
          <section key={at} class="room-group" data-place={group.place}>
            {!onlyLoose && <h2>{titleOf(group)}</h2>}
            <ul>
              {group.cards.map(({ text, element }, card) => (
                <li key={card}>
                  {element && <ElementMark element={element} word="hidden" size={20} />}
                  <span>{beginningOf(text)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** "In some of the classrooms we visited · We agree" */
function aboutPattern(pattern: RoomView["patterns"][number]): string {
  const { form, consensus, open_question } = pattern;
  const stands =
    form === "contrast" || form === "question"
      ? t(`vocabulary.pattern_form.${form}`)
      : t(`vocabulary.consensus.${consensus ?? "not_yet"}`);
  const open =
    consensus !== "agree" && open_question && t("screens.still_open", { question: open_question });
  return [howMany({ fields: pattern }), stands, open].filter(Boolean).join(" · ");
}

function Patterns({ room }: { room: RoomView }) {
  if (room.patterns.length === 0) return <p class="room-soft">{t("screens.no_patterns")}</p>;
  return (
    <ul class="room-statements">
      {room.patterns.map((pattern, place) => (
        <li key={place}>
          <p>{beginningOf(sentence({ fields: pattern }))}</p>
          <p class="room-soft">{aboutPattern(pattern)}</p>
        </li>
      ))}
    </ul>
  );
}

interface Silence {
  room: RoomView;
  clock: StepClock;
  now: () => number;
}

function Predictions({ room, clock, now }: Silence) {
  if (room.sealed_at) return <p class="room-said">{sealedWords(room.sealed_at, room.opens_on)}</p>;
  if (!room.predictions_shown) {
    return (
      <>
        <p class="room-soft">{t("screens.silence")}</p>
        <SilentTime clock={clock} now={now} />
      </>
    );
  }
  return (
    <ul class="room-statements">
      {room.predictions.map((text, place) => (
        <li key={place}>{beginningOf(text)}</li>
      ))}
    </ul>
  );
}

type RoomItem = RoomView["items"][number];

interface Together {
  items: readonly RoomItem[];
  /** Whether the level is said too: nothing around it says it. */
  withLevel?: boolean;
}

function Items({ items, withLevel }: Together) {
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((item, place) => (
        <li key={place}>
          <span>
            {beginningOf(item.text)}
            <span class="room-soft room-about">
              {[
                item.starts_first && t("improvement.starts_first"),
                withLevel && item.level && t(`vocabulary.level.${item.level}`),
                item.taken_on_by && t(`vocabulary.taker.${item.taken_on_by}`),
              ]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function TitledItems({ title, ...shown }: Together & { title: string }) {
  if (shown.items.length === 0) return null;
  return (
    <section class="room-group">
      <h2>{title}</h2>
      <Items {...shown} />
    </section>
  );
}

function NextLevel({ items }: { items: readonly RoomItem[] }) {
  const wide = useWide();
  if (items.length === 0) return <p class="room-soft">{t("screens.no_items")}</p>;
  const { open, at } = placed(items, (item) => item as Place);
  return (
    <>
      <TitledItems title={t("improvement.not_placed_yet")} items={open} withLevel />
      {!wide
        ? HORIZONS.map((horizon) => (
            <TitledItems
              key={horizon}
              title={t(`vocabulary.horizon.${horizon}`)}
              items={at(horizon)}
              withLevel
            />
          ))
        : open.length < items.length && (
            <LevelGrid cell={(horizon, level) => <Items items={at(horizon, level)} />} />
          )}
    </>
  );
}

/** Steps that show what everybody works on beside their questions. */
const SHOWS: ReadonlySet<string> = new Set([
  "one_wall",
  "patterns",
  "host_speaks",
  "predict",
  "next_level",
  "commit",
]);

function Together({ room, ...time }: Silence) {
  switch (room.step.activity) {
    case "one_wall":
      return <Wall groups={room.groups} />;
    case "patterns":
    case "host_speaks":
      return <Patterns room={room} />;
    case "predict":
      return <Predictions room={room} {...time} />;
    case "next_level":
    case "commit":
      return <NextLevel items={room.items} />;
    default:
      return null;
  }
}

/** While all write in silence, nothing stands beside the question that they write about. */
function hasBoth({ step, sealed_at, predictions_shown }: RoomView): boolean {
  const inSilence = step.activity === "predict" && !sealed_at && !predictions_shown;
  return SHOWS.has(step.activity!) && !inSilence;
}

interface Props {
  room: RoomView;
  /** The server's time in milliseconds. */
  now: () => number;
}

export function RoomPage({ room, now }: Props) {
  const { activity, phase, actor, title, prompts, clock } = room.step;
  const words = wordsOf({ activity: activity!, typed: { ...NOTHING_TYPED, title, prompts } });
  const body = useFit(room);
  const moment = (at: string | null) => (at === null ? null : Date.parse(at));
  const stepClock = {
    step: "",
    beganAt: moment(clock.began_at),
    pausedAt: moment(clock.paused_at),
    addedMinutes: clock.added_minutes,
  };
  if (room.closed) return <h1 class="room-middle">{t("screens.closed")}</h1>;
  return (
    <article class="room" aria-label={words.title}>
      <header class="room-head">
        <div>
          <p class="room-soft">
            {t(`vocabulary.phase.${phase!}`)} · {t(`vocabulary.actor.${actor!}`)}
            {phase !== "next_level" && ` · ${t(`debriefs.host_stated.${room.host_part!}`)}`}
          </p>
          <h1>{words.title}</h1>
        </div>
        <StepTime clock={stepClock} minutes={clock.minutes} now={now} />
      </header>
      <div class="room-body" ref={body} data-both={hasBoth(room) || undefined}>
        <ul class="room-prompts">
          {linesOf(words.prompts).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {SHOWS.has(activity!) && (
          <div>
            <Together room={room} clock={stepClock} now={now} />
          </div>
        )}
      </div>
    </article>
  );
}
