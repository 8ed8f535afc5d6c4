/**
 * The writing of one visitor in one round: the line in the field, the lines that were left,
 * and the classroom they belong to.
 *
 * Obligation: whatever was typed is in a keeper until it is on disk, wherever the visitor
 * goes on to. Nothing here waits for the network, and nothing here reads what others wrote.
 */
import { computed, signal, type Signal } from "@preact/signals";
import { keeperOf, type Kept } from "../../components/note-editor-keeping";
import { repair } from "../../domain/safe-text";
import type { CoreElement } from "../../generated/records";
import { language } from "../../i18n";
import { editorIsOpen, newId, record, remove, save } from "../../state";
import { worst, type Line, type Place } from "./line";
import { notesOf, observationId, type NoteView } from "./own-notes";
import { proposedElement } from "./proposal";
import { beganAt, minuteOf } from "./visit-clock";

const RESUMED = "rounds.line";

/** An earlier note that was looked at and left as it was has nothing to keep. */
const isUnkept = (state: Kept) => state === "writing" || state === "trouble";

export class Writing {
  readonly place: Signal<Place>;
  readonly line: Signal<Line>;
  /** The note that was finished last, for the question it may raise. */
  readonly lastFinished = signal<string | null>(null);
  /** Left, and not on disk yet. */
  readonly #left = signal<readonly Line[]>([]);
  #aside: Line | null = null;
  #openedAt: Date;
  readonly #began = new Map<string, string>();
  #lastOrder = 0;

  constructor(
    readonly round: string,
    readonly member: string,
    place: Place,
    readonly now: () => Date = () => new Date(),
  ) {
    this.place = signal(place);
    this.#openedAt = now();
    this.line = signal(this.#resumed(place) ?? this.#blank(place));
  }

  readonly state = computed(() =>
    worst([...this.#left.value, this.line.value].map((line) => line.keeper.state.value)),
  );

  /** Lines that are nowhere but in memory, for the list and for the copy that saves them. */
  readonly unkept = computed(() =>
    this.#left.value.filter((line) => isUnkept(line.keeper.state.value)),
  );

  get scope(): string {
    return `own:${this.member}`;
  }

  observation(place: Place): string {
    return observationId(place.slot, this.member);
  }

  /** When the visit to this classroom began, once its first line has. */
  beganIn(place: Place): string | null {
    const id = this.observation(place);
    return record("observation", id).value?.fields.began_at ?? this.#began.get(id) ?? null;
  }

  typed(text: string): void {
    const line = this.line.peek();
    line.text = text;
    if (!line.start && text.trim() === "") return;
    if (!line.start) this.#begin(line);
    if (line.chosen === undefined) line.element.value = this.#proposed(text);
    line.keeper.typed(text);
  }

  /** Lines that were ended. The first is the one in the field. */
  finish(texts: readonly string[]): void {
    for (const text of texts) {
      this.typed(text);
      this.lastFinished.value = this.line.peek().id;
      this.#leave();
    }
  }

  choose(element: CoreElement): void {
    const line = this.line.peek();
    line.chosen = line.element.peek() === element ? null : element;
    line.element.value = line.chosen;
    if (line.start) line.keeper.typed(line.text);
  }

  /** Put an earlier note into the field. The line under way waits beside it. */
  amend(note: NoteView): void {
    const current = this.line.peek();
    if (current.amends) this.#leave();
    else if (current.start) {
      void current.keeper.flush();
      this.#aside = current;
    }
    this.line.value = this.#ofNote(note, this.place.peek(), true);
  }

  /** Back from an earlier note to the line under way. */
  done(): void {
    if (this.line.peek().amends) this.#leave();
  }

  /**
   * Go to another classroom. `carry`: the line under way was written there already, and
   * goes along.
   */
  goTo(place: Place, { carry = false } = {}): void {
    if (place.slot === this.place.peek().slot) return;
    this.done();
    this.#openedAt = this.now();
    this.lastFinished.value = null;
    this.place.value = place;
    const line = this.line.peek();
    if (carry && line.start) this.#carry(line, place);
    else this.#leave();
  }

  /** Everything to disk, now. `open`: the visitor is still in the line. */
  flush(open: boolean): void {
    for (const line of this.#left.peek()) void line.keeper.flush();
    if (this.#aside) void this.#aside.keeper.flush();
    void this.line.peek().keeper.flush({ open });
  }

  /** Before the screen goes: the line is left, and a blank one takes nothing along. */
  close(): void {
    this.done();
    this.#leave();
  }

  #begin(line: Line): void {
    const { place } = line;
    const began = this.#beginVisit(place);
    line.start = { minute: minuteOf(began, this.now()), order: this.#nextOrder(place) };
    localStorage.setItem(RESUMED, line.id);
  }

  /** The visit's own record is made with its first line; a failure is made good by the next. */
  #beginVisit(place: Place): string {
    const known = this.beganIn(place);
    if (known) return known;
    const now = this.now();
    const began = beganAt(this.#openedAt, place.sincePlanned(now), now).toISOString();
    const id = this.observation(place);
    this.#began.set(id, began);
    const { slot, classroom } = place;
    const visit = { round: this.round, slot, classroom, began_at: began };
    save("observation", id, this.scope, visit).catch(() => this.#began.delete(id));
    return began;
  }

  #nextOrder(place: Place): number {
    const last = this.#notesAt(place).at(-1)?.fields.order ?? 0;
    this.#lastOrder = Math.max(this.#lastOrder, last) + 1;
    return this.#lastOrder;
  }

  #notesAt(place: Place): readonly NoteView[] {
    const observation = this.observation(place);
    return notesOf(this.round, this.member).filter(
      (note) => note.fields.observation === observation,
    );
  }

  #carry(line: Line, place: Place): void {
    line.place = place;
    line.start = null;
    this.#begin(line);
    line.keeper.typed(line.text);
    void line.keeper.flush({ open: true });
  }

  #leave(): void {
    const line = this.line.peek();
    if (line.start && line.text.trim() === "") void this.#drop(line);
    else if (line.start) this.#handOver(line);
    const back = line.amends ? this.#aside : null;
    this.#aside = null;
    this.line.value = back ?? this.#blank(this.place.peek());
    if (!line.amends) localStorage.removeItem(RESUMED);
  }

  #handOver(line: Line): void {
    void line.keeper.flush();
    this.#left.value = [...this.unkept.peek(), line];
  }

  /** A line whose every word was taken out again is no note. */
  async #drop(line: Line): Promise<void> {
    await line.keeper.flush();
    await remove("note", line.id);
  }

  #proposed(text: string): CoreElement | null {
    return proposedElement(text, language.peek());
  }

  #blank(place: Place): Line {
    const fresh = { id: newId(), place, text: "", start: null, chosen: undefined, amends: false };
    return this.#kept({ ...fresh, element: signal(null) });
  }

  /**
   * The line that was under way when the app was closed or killed. The disk knows its editor
   * as open while it is not sent; afterwards the page's storage remembers it, which a kill may
   * set back by some seconds: only the last line can have been under way.
   */
  #resumed(place: Place): Line | null {
    const last = this.#notesAt(place).at(-1);
    if (!last) return null;
    const wasOpen = editorIsOpen(last.id) || localStorage.getItem(RESUMED) === last.id;
    if (!wasOpen) return null;
    localStorage.setItem(RESUMED, last.id);
    return this.#ofNote(last, place, false);
  }

  #ofNote(note: NoteView, place: Place, amends: boolean): Line {
    const { text, element, minute, order } = note.fields;
    const start = { minute: minute ?? 0, order: order ?? 0 };
    const chosen = this.#proposed(text) === element ? undefined : element;
    return this.#kept({
      id: note.id,
      place,
      text,
      start,
      chosen,
      amends,
      element: signal(element),
    });
  }

  #kept(bare: Omit<Line, "keeper">): Line {
    const line: Line = Object.assign(bare, {
      keeper: keeperOf((text: string, open: boolean) => this.#save(line, text, open)),
    });
    return line;
  }

  /**
   * The same fields at every press of one line, so that its change is amended in place until
   * it is sent. Words and element alone where an earlier note is amended.
   */
  #save(line: Line, text: string, editing: boolean): Promise<void> {
    const words = { text: repair(text), element: line.element.peek() };
    if (line.amends) return save("note", line.id, this.scope, words, { editing });
    const { place, start } = line;
    const address = {
      round: this.round,
      observation: this.observation(place),
      classroom: place.classroom,
      minute: start?.minute ?? 0,
      order: start?.order ?? 0,
    };
    return save("note", line.id, this.scope, { ...address, ...words }, { editing });
  }
}
