/**
 * The visit: one classroom, one field, and everything else out of the way.
 *
 * A key press draws its character and nothing else: what changes while somebody types stands
 * in small parts that each read only their own signal.
 */
import { useLocation, useRoute } from "preact-iso";
import { useCallback, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Empty, LinkButton, Screen, showToast } from "../../components";
import { NoteEditor } from "../../components/note-editor";
import { t } from "../../i18n";
import { record } from "../../state";
import { useWakeLock } from "../awake";
import { memberId, slotAt, slotsOf, type VisitSlot } from "./day";
import { Earlier } from "./earlier";
import { Elements, TimeBar, Trouble, VisitHead, VisitFoot } from "./visit-parts";
import { Hallway } from "./hallway";
import { quiet, useLeaving, useSeenHeight } from "./room";
import { nextSlot, sincePlanned, wallClock } from "./visit-clock";
import type { Place } from "./line";
import { notesOf } from "./own-notes";
import { Writing } from "./writing";
import { endVisit, schoolZone } from "./visits";
import "./evidence.css";

export function placeOf(round: string, slot: VisitSlot): Place {
  const visitsOn = record("round", round).peek()?.fields.visits_on ?? null;
  return {
    slot: slot.id,
    classroom: slot.classroom,
    sincePlanned: (now) => sincePlanned(slot, visitsOn, wallClock(schoolZone(), now)),
  };
}

/** Whoever is in a classroom goes on writing, also when the round leaves the tablet meanwhile. */
function useStanding(found: VisitSlot | undefined, id: string): VisitSlot | undefined {
  const last = useRef(found);
  if (found) last.current = found;
  return last.current?.id === id ? last.current : undefined;
}

export default function Visit() {
  const { round = "", slot: id = "" } = useRoute().params;
  const slot = useStanding(slotAt(round, id), id);
  if (slot) return <OpenVisit key={round} round={round} slot={slot} />;
  return (
    <Screen title={t("evidence.visit")} back={{ href: "/", label: t("app.today") }}>
      <Empty action={<LinkButton href="/">{t("app.to_today")}</LinkButton>}>
        {t("evidence.visit_unknown")}
      </Empty>
    </Screen>
  );
}

function useWriting(round: string, slot: VisitSlot): Writing {
  const writing = useMemo(() => new Writing(round, memberId(), placeOf(round, slot)), [round]);
  // Before the next key: a line must never go to the classroom that was left.
  useLayoutEffect(() => writing.goTo(placeOf(round, slot)), [slot.id]);
  useLayoutEffect(() => () => writing.close(), [writing]);
  useLeaving(useCallback(() => writing.flush(false), [writing]));
  return writing;
}

/** To another classroom by one tap, with a way back. */
function useGoing(round: string, writing: Writing) {
  const { route } = useLocation();
  const told = useRef<(() => void) | null>(null);
  // Where one is now is said once, and no longer than one is in a room.
  useLayoutEffect(() => () => told.current?.(), []);
  const goTo = (to: VisitSlot, carry: boolean) => {
    writing.goTo(placeOf(round, to), { carry });
    route(`/rounds/${round}/visit/${to.id}`, true);
  };
  return (from: VisitSlot, to: VisitSlot, { carry = false } = {}) => {
    const reopen = endVisit(from.id, writing.member);
    goTo(to, carry);
    const undo = () => {
      void reopen();
      goTo(from, carry);
    };
    told.current?.();
    told.current = showToast({ text: t("evidence.now_in", { visit: to.label }), undo });
  };
}

function Field({ writing, slot }: { writing: Writing; slot: VisitSlot }) {
  const area = useRef<HTMLTextAreaElement | null>(null);
  const line = writing.line.value;
  // The visit fills the screen: what has the focus is in sight, and nothing scrolls away.
  useLayoutEffect(() => area.current?.focus({ preventScroll: true }), [line.amends, slot.id]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") writing.done();
    if (event.key !== "ArrowUp" || line.text !== "" || line.amends) return;
    const id = writing.observation(writing.place.peek());
    const last = notesOf(writing.round, writing.member)
      .filter((note) => note.fields.observation === id)
      .at(-1);
    if (last) writing.amend(last);
  };
  return (
    <NoteEditor
      label={t("evidence.field", { visit: slot.label })}
      placeholder={t("evidence.field_hint")}
      line={line.id}
      text={line.text}
      onTyped={(text) => writing.typed(text)}
      onFinished={(lines) => writing.finish(lines)}
      whole={line.amends ? () => writing.done() : undefined}
      onBlur={() => writing.flush(false)}
      onKeyDown={onKeyDown}
      areaRef={area}
    />
  );
}

function OpenVisit({ round, slot }: { round: string; slot: VisitSlot }) {
  const writing = useWriting(round, slot);
  const go = useGoing(round, writing);
  const slots = slotsOf(round, slot.team);
  const next = nextSlot(slots, slot);
  useWakeLock();
  useSeenHeight();
  const to = (other: VisitSlot, carry = false) => go(slot, other, { carry });
  return (
    <div class="visit" data-quiet={quiet.value || undefined}>
      <TimeBar writing={writing} slot={slot} />
      <VisitHead writing={writing} slot={slot} slots={slots} onGo={to} />
      <div class="visit-panes">
        <Earlier writing={writing} slot={slot} slots={slots} />
        <div class="visit-writing">
          <Trouble writing={writing} />
          <Hallway round={round} slot={slot} slots={slots} onGo={to} />
          <Field writing={writing} slot={slot} />
        </div>
      </div>
      <div class="visit-bottom">
        <Elements writing={writing} />
        <VisitFoot writing={writing} slot={slot} next={next} onGo={to} />
      </div>
    </div>
  );
}
