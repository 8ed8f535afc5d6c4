/**
 * Evidence: what a card may say of its classroom (rule 15), and which notes are posted.
 *
 * "Posted" is derived from the cards that cite a note, never a mark on the note. Must not
 * know a store or a screen.
 */
import type { GradeBand, SchoolSubject } from "../generated/records";

/** A host knows every lesson of the day: fewer than this, and a description is a name. */
export const SHARED_BY = 3;

export interface ClassroomFacts {
  readonly id: string;
  readonly grade_band: GradeBand | null;
  readonly subject: SchoolSubject | null;
  readonly context: ReadonlySet<string>;
}

export interface CardFacts {
  grade_band: GradeBand | null;
  subject: SchoolSubject | null;
  context: readonly string[];
}

const NOTHING: CardFacts = { grade_band: null, subject: null, context: [] };

/**
 * What a card from this classroom may say. `visited`: the round's classrooms that are visited,
 * joined numbers once. Taken together, not one by one: three of grades 6-8 and three of math
 * may still be one that is both. And what is left unsaid must not tell either: where two
 * classrooms alone would say so little, a third says no more than they.
 */
export function cardFacts(classroomId: string, visited: readonly ClassroomFacts[]): CardFacts {
  const said = factsSaid(visited).get(classroomId) ?? [];
  const room = visited.find((each) => each.id === classroomId);
  if (room === undefined) return NOTHING;
  return {
    grade_band: said.some((fact) => fact.startsWith("grade_band=")) ? room.grade_band : null,
    subject: said.some((fact) => fact.startsWith("subject=")) ? room.subject : null,
    context: [...room.context].sort().filter((word) => said.includes(`context=${word}`)),
  };
}

/** Facts as `subject=math`, those that say most to a reader first. */
function factsOf(room: ClassroomFacts): string[] {
  return [
    ...(room.grade_band === null ? [] : [`grade_band=${room.grade_band}`]),
    ...(room.subject === null ? [] : [`subject=${room.subject}`]),
    ...[...room.context].sort().map((word) => `context=${word}`),
  ];
}

type Said = Map<string, readonly string[]>;

/** Classrooms of which the same is said. */
interface Class {
  readonly said: readonly string[];
  readonly rooms: readonly string[];
}

function factsSaid(visited: readonly ClassroomFacts[]): Said {
  const facts = new Map(visited.map((room) => [room.id, factsOf(room)]));
  const said: Said = new Map(visited.map(({ id }) => [id, sharedFacts(id, facts)]));
  // Each step takes a fact from somebody, so it ends.
  for (let all = classes(said); ; all = classes(said)) {
    const small = all.find((each) => each.rooms.length < SHARED_BY);
    if (small === undefined || (all.length === 1 && small.said.length === 0)) return said;
    for (const [id, less] of hidden(small, all)) said.set(id, less);
  }
}

/** As much as three classrooms have in common. */
function sharedFacts(id: string, facts: ReadonlyMap<string, readonly string[]>): string[] {
  let sharing = [...facts.values()];
  return (facts.get(id) ?? []).filter((fact) => {
    const left = sharing.filter((other) => other.includes(fact));
    if (left.length < SHARED_BY) return false;
    sharing = left;
    return true;
  });
}

/** The fewest classrooms first; alike on every device. */
function classes(said: Said): Class[] {
  const byLabel = new Map<string, { said: readonly string[]; rooms: string[] }>();
  for (const id of [...said.keys()].sort()) {
    const own = said.get(id) ?? [];
    const label = own.join(" ");
    const alike = byLabel.get(label) ?? { said: own, rooms: [] };
    alike.rooms.push(id);
    byLabel.set(label, alike);
  }
  const labels = [...byLabel].sort(
    ([a, one], [b, other]) => one.rooms.length - other.rooms.length || (a < b ? -1 : 1),
  );
  return labels.map(([, each]) => each);
}

/** How a class that is too small gets company: others say as little, or it says less itself. */
function hidden(small: Class, all: readonly Class[]): [string, readonly string[]][] {
  const sayMore = all.filter(
    ({ said }) =>
      said.length > small.said.length && small.said.every((fact) => said.includes(fact)),
  );
  const largest = sayMore.at(-1);
  if (largest === undefined) return small.rooms.map((id) => [id, small.said.slice(0, -1)]);
  const rooms = largest.rooms.length > SHARED_BY ? largest.rooms.slice(-1) : largest.rooms;
  return rooms.map((id) => [id, small.said]);
}

/** What a source says: this card cites that note. */
export interface Citation {
  readonly card: string | null;
  readonly note: string | null;
}

/** Notes cited by more than one card that stands: posted twice, by two taps or two devices. */
export function doubles(
  citations: readonly Citation[],
  stands: (card: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const cards = new Map<string, Set<string>>();
  for (const { card, note } of citations) {
    if (card === null || note === null || !stands(card)) continue;
    cards.set(note, (cards.get(note) ?? new Set()).add(card));
  }
  const twice = [...cards].filter(([, cited]) => cited.size > 1);
  return new Map(twice.map(([note, cited]) => [note, [...cited].sort()]));
}

/** Notes that a standing card cites. */
export function postedNotes(
  citations: readonly Citation[],
  stands: (card: string) => boolean,
): ReadonlySet<string> {
  const cited = citations.filter(({ card }) => card !== null && stands(card));
  return new Set(cited.flatMap(({ note }) => note ?? []));
}
