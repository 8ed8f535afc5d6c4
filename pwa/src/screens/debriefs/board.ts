/**
 * What a debrief is made of, gathered from the round's records: teams with their cards, the
 * wall's groups, patterns, predictions. Reads signals, so a screen that calls it follows.
 *
 * A host holds no `card_source`, so for a host no card has a team or a classroom: what is
 * built here from sources is then empty, and screens must stay whole without it (rule 15).
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { layOut, standingGroup, type Joins, type Layout } from "../../domain/board";
import { derivedId, list, may, network, record, type FieldsOf, type RecordView } from "../../state";

export type Card = RecordView<"card">;
export type Source = FieldsOf<"card_source">;

export interface TeamCards {
  id: string;
  name: string;
  mine: boolean;
  memberCount: number;
  /** How many of its members have posted at least one card. */
  postedCount: number;
  posted: Card[];
  agreed: Card[];
  /** Back with their authors, who have not posted them anew yet. */
  returned: Card[];
  /** The room went on without it. */
  late: boolean;
  /** Everything the team ever posted, what was taken back or rewritten as well. */
  all: Card[];
}

export interface Board {
  roundId: string;
  scope: string;
  round: RecordView<"round"> | undefined;
  debriefId: string;
  debrief: FieldsOf<"debrief"> | undefined;
  /** Leads, facilitators and timekeepers move the debrief on. */
  mayLead: boolean;
  mayWrite: boolean;
  maySeeSources: boolean;
  cards: Card[];
  agreed: Card[];
  sources: ReadonlyMap<string, Source>;
  teams: TeamCards[];
  /** Groups of the one wall that stand; those joined to another are in it. */
  groups: RecordView<"group">[];
  /** Every group that is there, and what it was joined to. */
  joins: Joins;
  /** Where the agreed cards hang on the one wall. */
  layout: Layout<Card>;
  patterns: RecordView<"pattern">[];
  predictions: RecordView<"prediction">[];
  items: RecordView<"next_level_item">[];
  revisitId: string;
  revisit: FieldsOf<"revisit"> | undefined;
}

type Ordered = { id: string; fields: { order: number | null } };

function byOrder(a: Ordered, b: Ordered): number {
  return (a.fields.order ?? 0) - (b.fields.order ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Stands for the place of what fits nowhere yet; no group has this id. */
export function apartOf(owner: string): string {
  return derivedId(owner, "fits-nowhere");
}

interface JoinedGroup {
  id: string;
  fields: { joined_to: string | null };
}

export function joinsOf(groups: readonly JoinedGroup[]): Joins {
  return new Map(groups.map(({ id, fields }) => [id, fields.joined_to]));
}

/** Those that were not joined to another. */
export function standing<G extends JoinedGroup & Ordered>(groups: readonly G[], joins: Joins): G[] {
  return groups.filter(({ id }) => standingGroup(id, joins) === id).sort(byOrder);
}

/** That the room went on without a team is kept once. */
export function lateId(team: string): string {
  return derivedId(team, "late");
}

function sourcesOf(roundId: string): ReadonlyMap<string, Source> {
  const found = new Map<string, Source>();
  for (const { fields } of list("card_source", `visitors:${roundId}`).value) {
    if (fields.card) found.set(fields.card, fields);
  }
  return found;
}

function teamsOf(
  roundId: string,
  cards: Card[],
  sources: ReadonlyMap<string, Source>,
): TeamCards[] {
  const me = network.value?.member_id;
  const teams = [...list("team", `round:${roundId}`).value].sort(byOrder);
  return teams.map(({ id, fields }) => {
    const own = cards.filter((card) => sources.get(card.id)?.team === id);
    const up = own.filter((card) => card.fields.standing !== "withdrawn");
    const authors = new Set(up.map((card) => sources.get(card.id)?.member));
    const standing = (word: string) => own.filter((card) => card.fields.standing === word);
    const anew = new Set(up.map((card) => card.fields.made_from));
    return {
      id,
      name: fields.name,
      mine: me !== undefined && fields.members.has(me),
      memberCount: fields.members.size,
      postedCount: authors.size,
      posted: standing("posted"),
      agreed: standing("agreed"),
      returned: standing("returned").filter((card) => !anew.has(card.id)),
      late: Boolean(record("late_team", lateId(id)).value?.fields.went_on_at),
      all: own,
    };
  });
}

/** A round is come back to once: two devices that arrange it make one record. */
export function revisitIdOf(roundId: string): string {
  return derivedId(roundId, "revisit");
}

const boards = new Map<string, ReadonlySignal<Board>>();

/** Everything the debrief of a round shows: put together once, until a record changes. */
export function boardOf(roundId: string): Board {
  const known = boards.get(roundId) ?? computed(() => gather(roundId));
  boards.set(roundId, known);
  return known.value;
}

function gather(roundId: string): Board {
  const scope = `round:${roundId}`;
  const visitors = `visitors:${roundId}`;
  const debriefId = derivedId(roundId, "debrief");
  const everyCard = [...list("card", scope).value];
  const cards = everyCard.filter((card) => card.fields.standing !== "withdrawn");
  const agreed = cards.filter((card) => card.fields.standing === "agreed");
  const sources = sourcesOf(roundId);
  const groups = list("group", scope).value;
  const joins = joinsOf(groups);
  return {
    roundId,
    scope,
    round: record("round", roundId).value,
    debriefId,
    debrief: record("debrief", debriefId).value?.fields,
    mayLead: may("debrief", scope),
    mayWrite: may("card", scope),
    maySeeSources: may("card_source", visitors),
    cards,
    agreed,
    sources,
    teams: teamsOf(roundId, everyCard, sources),
    groups: standing(groups, joins),
    joins,
    layout: layOut(agreed, (card) => card.fields.position, joins, apartOf(roundId)),
    patterns: [...list("pattern", scope).value].sort(byOrder),
    predictions: [...list("prediction", scope).value],
    items: [...list("next_level_item", scope).value].sort(byOrder),
    revisitId: revisitIdOf(roundId),
    revisit: record("revisit", revisitIdOf(roundId)).value?.fields,
  };
}

export function isClosed(board: Board): boolean {
  return Boolean(board.debrief?.closed_at);
}

/** A closed debrief is there to be read: nobody leads it or writes in it until it is opened again. */
export function asClosed(board: Board): Board {
  return isClosed(board) ? { ...board, mayLead: false, mayWrite: false } : board;
}

/** The cards of a group in their order; with null, those in no group. */
export function cardsIn({ layout }: Board, group: string | null): Card[] {
  return group === null ? [...layout.loose, ...layout.apart] : (layout.piles.get(group) ?? []);
}

/** The groups that stand for these, which may have been joined or taken away since. */
export function standingGroups({ joins }: Board, groups: Iterable<string>): ReadonlySet<string> {
  const found = [...groups].map((group) => standingGroup(group, joins));
  return new Set(found.filter((group) => group !== null));
}

/** The number that puts a new record after those there. */
export function nextOrder(records: readonly Ordered[]): number {
  return 1 + Math.max(0, ...records.map((each) => each.fields.order ?? 0));
}
