/**
 * The parts around the field: head, time bar, elements, foot, and what is said when a line
 * could not be kept. Each reads its own signals, so that typing draws none of them.
 */
import { useState } from "preact/hooks";
import { Banner, Button, ElementMark, Icon, Menu, StatusWord, type Status } from "../../components";
import { CORE_ELEMENTS, type CoreElement } from "../../generated/records";
import { addMinutes } from "../../domain/rounds";
import { formatTime, formatTimeRange, t } from "../../i18n";
import { link, listBy, record } from "../../state";
import { schoolZone } from "./visits";
import { quiet, useNow } from "./room";
import type { Go, VisitSlot } from "./day";
import { NotToday } from "./not-today";
import { QuestionsSheet } from "./questions-sheet";
import { barOf, minuteOf, sincePlanned, wallClock } from "./visit-clock";
import type { Writing } from "./writing";

interface OfVisit {
  writing: Writing;
  slot: VisitSlot;
}

/** A pale bar along the top edge; solid two minutes before the end. Said in words below. */
export function TimeBar({ writing, slot }: OfVisit) {
  const now = useNow(2_000);
  const visitsOn = record("round", writing.round).value?.fields.visits_on ?? null;
  const planned = sincePlanned(slot, visitsOn, wallClock(schoolZone(), now));
  const bar = barOf(slot.minutes ?? 20, planned, writing.beganIn(writing.place.value), now);
  return (
    <div class="visit-bar" aria-hidden="true" data-solid={bar?.solid || undefined}>
      <span style={{ inlineSize: `${(bar?.part ?? 0) * 100}%` }} />
    </div>
  );
}

function Clock({ writing, slot }: OfVisit) {
  const now = useNow(5_000);
  const began = writing.beganIn(writing.place.value);
  if (!began) {
    const { begins_at: begins, minutes } = slot;
    return <span class="visit-clock">{begins && formatTimeRange(begins, minutes ?? 20)}</span>;
  }
  const minute = String(minuteOf(began, now));
  const { begins_at: begins, minutes } = slot;
  const ends = begins && formatTime(addMinutes(begins, minutes ?? 20));
  return (
    <span class="visit-clock figures">
      {ends
        ? t("evidence.minute_until", { minute, time: ends })
        : t("evidence.minute_now", { minute })}
    </span>
  );
}

interface HeadProps extends OfVisit {
  slots: readonly VisitSlot[];
  onGo: Go;
}

export function VisitHead({ writing, slot, slots, onGo }: HeadProps) {
  const [open, setOpen] = useState<"not_today" | "questions" | null>(null);
  const close = () => setOpen(null);
  return (
    <header class="visit-head">
      <a class="button visit-back" data-look="quiet" href="/">
        <Icon name="back" size={20} />
        {t("app.today")}
      </a>
      <div class="visit-title">
        <h1 tabIndex={-1}>{slot.label}</h1>
        {slot.detail && <p class="soft small">{slot.detail}</p>}
      </div>
      <Clock writing={writing} slot={slot} />
      <Button look="quiet" pressed={quiet.value} onPress={() => (quiet.value = !quiet.value)}>
        {t("evidence.quiet")}
      </Button>
      <Menu
        label={t("app.more")}
        items={[
          { label: t("evidence.questions_and_tags"), onPress: () => setOpen("questions") },
          { label: t("evidence.not_today"), onPress: () => setOpen("not_today") },
          { label: t("evidence.my_notes"), onPress: () => leaveFor(writing.round, "notes") },
          { label: t("evidence.review"), onPress: () => leaveFor(writing.round, "review") },
        ]}
      />
      <QuestionsSheet open={open === "questions"} onClose={close} writing={writing} />
      <NotToday
        open={open === "not_today"}
        onClose={close}
        {...{ round: writing.round, slot, slots, onGo }}
      />
    </header>
  );
}

/** A real link followed, so that the router and the browser's history both know. */
function leaveFor(round: string, where: string): void {
  const anchor = document.createElement("a");
  anchor.href = `/rounds/${round}/${where}`;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/** The four elements of the line in the field. Pressing one again takes it away. */
export function Elements({ writing }: { writing: Writing }) {
  const chosen = writing.line.value.element.value;
  return (
    <div class="elements" role="group" aria-label={t("evidence.element_of_line")}>
      {CORE_ELEMENTS.map((element: CoreElement) => (
        <button
          key={element}
          type="button"
          class="element-chip"
          data-element={element}
          aria-pressed={chosen === element}
          // The field keeps the focus, and a tablet its keyboard.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => writing.choose(element)}
        >
          <ElementMark element={element} />
        </button>
      ))}
    </div>
  );
}

/** Where the status stands anyway, so that the field stays where it is while somebody types. */
function SignedOut({ status }: { status: Status | undefined }) {
  return (
    <a class="status status-line" data-status={status} href="/not-sent">
      <Icon name="lock" size={16} />
      {t("sync.signed_out_line")}
    </a>
  );
}

/** Said calmly, and only when it is true of every note of this visit. */
function VisitStatus({ writing }: { writing: Writing }) {
  const id = writing.observation(writing.place.value);
  const notes = listBy("note", "observation", id).value;
  const state = writing.state.value;
  if (state === "trouble") return <span class="status">{t("evidence.not_saved_yet")}</span>;
  if (state === "writing") return <StatusWord status="saving" />;
  const saving = notes.some((note) => note.status === "saving");
  const sent = notes.every((note) => note.status === "on_server");
  const status = saving ? "saving" : sent ? "on_server" : "on_tablet";
  if (link.value === "signed_out" && !saving)
    return <SignedOut status={notes.length > 0 ? status : undefined} />;
  if (notes.length === 0) return <span class="status" />;
  return <StatusWord status={status} />;
}

interface FootProps extends OfVisit {
  next: VisitSlot | undefined;
  onGo: Go;
}

export function VisitFoot({ writing, next, onGo }: FootProps) {
  return (
    <footer class="visit-foot">
      <VisitStatus writing={writing} />
      {next ? (
        <Button look="quiet" icon="forward" onPress={() => onGo(next)}>
          {t("evidence.next", { visit: next.label })}
        </Button>
      ) : (
        <a class="button" data-look="quiet" href={`/rounds/${writing.round}/review`}>
          {t("evidence.review")}
        </a>
      )}
    </footer>
  );
}

async function copyUnkept(writing: Writing): Promise<void> {
  const lines = [...writing.unkept.peek(), writing.line.peek()].map((line) => line.text);
  await navigator.clipboard?.writeText(lines.filter(Boolean).join("\n"));
}

/** The disk did not take a line: the words are still here, and what to do is said. */
export function Trouble({ writing }: { writing: Writing }) {
  if (writing.state.value !== "trouble") return null;
  return (
    <Banner
      tone="careful"
      icon="careful"
      urgent
      action={
        <>
          <Button look="quiet" onPress={() => writing.flush(true)}>
            {t("app.try_again")}
          </Button>
          <Button look="quiet" icon="copy" onPress={() => copyUnkept(writing)}>
            {t("evidence.copy_words")}
          </Button>
        </>
      }
    >
      {t("evidence.not_kept")}
    </Banner>
  );
}
