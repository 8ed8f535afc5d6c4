/**
 * From a note to a card: what goes up, what may give somebody away, and what is up already.
 *
 * A card and its source are two records, each harmless alone; "posted" is what the sources
 * say, never a mark on the note. Order tells nothing: cards go up shuffled, sources apart
 * from them.
 */
import { cardFacts } from "../../domain/evidence";
import { findIdentities, replaceIdentities, type IdentityFinding } from "../../domain/identity";
import { language } from "../../i18n";
import { list, newId, record, save, type RecordView } from "../../state";
import { classroomOf, teamOf, visitedClassrooms } from "./day";
import { wallClock } from "./visit-clock";
import { schoolZone } from "./visits";
import type { NoteView } from "./own-notes";

export type CardView = RecordView<"card">;

/** A card that cites a note of one's own. */
export interface Posted {
  note: string;
  card: CardView;
}

/** What a note becomes as a card, and what was found in it. */
export interface Draft {
  note: NoteView;
  text: string;
  findings: readonly IdentityFinding[];
  /** The text with what was found replaced, in square brackets. */
  mended: string;
}

/** One's own cards that are up, or came back; taken back ones are gone. */
export function myPosts(round: string, member: string): Posted[] {
  const sources = list("card_source", `visitors:${round}`).value;
  return sources.flatMap(({ fields }) => {
    if (fields.member !== member || !fields.card || !fields.note) return [];
    const card = record("card", fields.card).value;
    if (!card || card.fields.standing === "withdrawn") return [];
    return [{ note: fields.note, card }];
  });
}

/** Up on the wall or on its way there; a card that came back is to be posted anew. */
export function isUp({ card }: Posted): boolean {
  return card.fields.standing !== "returned";
}

/** Notes of which two cards are up, from two devices or two taps. */
export function doubles(posts: readonly Posted[]): ReadonlySet<string> {
  const up = posts.filter(isUp).map((post) => post.note);
  return new Set(up.filter((note, at) => up.indexOf(note) !== at));
}

function beganAt(note: NoteView): string | null {
  const began = record("observation", note.fields.observation ?? "").value?.fields.began_at;
  if (!began) return null;
  const minute = Math.floor(wallClock(schoolZone(), new Date(began)).minute);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function draftOf(note: NoteView): Draft {
  const { text, minute } = note.fields;
  const options = { language: language.value, beganAt: beganAt(note), minute };
  const findings = findIdentities(text, options);
  return { note, text, findings, mended: replaceIdentities(text, findings) };
}

/** In an order that nobody can draw anything from. */
export function shuffled<T>(items: readonly T[]): T[] {
  const drawn = items.map((item) => ({ item, lot: newId() }));
  return drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ item }) => item);
}

function factsOf(round: string, note: NoteView) {
  const all = visitedClassrooms(round, note.fields.classroom);
  const own = classroomOf(round, note.fields.classroom)?.id ?? "";
  return cardFacts(
    own,
    all.map(({ id, fields }) => ({ id, ...fields })),
  );
}

async function postCard(round: string, id: string, draft: Draft, returned: string | null) {
  const { note, text } = draft;
  const facts = factsOf(round, note);
  const tags = [
    ...facts.context.map((word) => [`context/${word}`, true] as const),
    ...[...note.fields.focus_questions].map((each) => [`focus_questions/${each}`, true] as const),
  ];
  await save("card", id, `round:${round}`, {
    text,
    element: note.fields.element,
    standing: "posted",
    grade_band: facts.grade_band,
    subject: facts.subject,
    ...(returned ? { made_from: returned } : {}),
    ...Object.fromEntries(tags),
  });
}

async function postSource(round: string, member: string, card: string, note: NoteView) {
  await save("card_source", newId(), `visitors:${round}`, {
    card,
    note: note.id,
    classroom: note.fields.classroom,
    team: teamOf(round)?.id ?? null,
    member,
    minute: note.fields.minute,
  });
}

/**
 * Post the drafts as they stand. `posts`: what is up already, for a card that came back.
 *
 * All are said in one breath: no second press and no failing disk finds some of them up and
 * others not. What could not be written stays in the view and goes with the next save.
 */
export async function post(
  round: string,
  member: string,
  drafts: readonly Draft[],
  posts: readonly Posted[],
): Promise<void> {
  const made = shuffled(drafts).map((draft) => ({ id: newId(), draft }));
  const returned = (note: NoteView) => posts.find((each) => each.note === note.id && !isUp(each));
  const cards = made.map(({ id, draft }) =>
    postCard(round, id, draft, returned(draft.note)?.card.id ?? null),
  );
  const sources = shuffled(made).map(({ id, draft }) => postSource(round, member, id, draft.note));
  await Promise.all([...cards, ...sources]);
}

/** Take a card back. Answers how to put it up again. */
export async function withdraw(card: CardView): Promise<() => Promise<void>> {
  const { standing } = card.fields;
  await save("card", card.id, card.scope, { standing: "withdrawn" });
  return () => save("card", card.id, card.scope, { standing });
}
