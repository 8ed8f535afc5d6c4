/**
 * What a debrief is made of, gathered from the round's records: teams with their cards, the
 * wall's groups, patterns, predictions. Reads signals, so a screen that calls it follows.
 *
 * A host holds no `card_source`, so for a host no card has a team or a classroom: what is
 * built here from sources is then empty, and screens must stay whole without it (rule 15).
 */
import { between } from "../../domain/fractional";
import {
  derivedId,
  list,
  may,
  network,
  record,
  save,
  type FieldsOf,
  type RecordView,
} from "../../state";

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
  returned: Card[];
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
  groups: RecordView<"group">[];
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

/** The order on the wall: by key, equal keys by id, so that all devices agree. */
export function byPlace(a: Card, b: Card): number {
  const one = a.fields.position?.order ?? "";
  const other = b.fields.position?.order ?? "";
  if (one !== other) return one < other ? -1 : 1;
  return a.id < b.id ? -1 : 1;
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
    return {
      id,
      name: fields.name,
      mine: me !== undefined && fields.members.has(me),
      memberCount: fields.members.size,
      postedCount: authors.size,
      posted: standing("posted"),
      agreed: standing("agreed"),
      returned: standing("returned"),
      all: own,
    };
  });
}

/** A round is come back to once: two devices that arrange it make one record. */
export function revisitIdOf(roundId: string): string {
  return derivedId(roundId, "revisit");
}

/** Everything the debrief of a round shows. */
export function boardOf(roundId: string): Board {
  const scope = `round:${roundId}`;
  const visitors = `visitors:${roundId}`;
  const debriefId = derivedId(roundId, "debrief");
  const everyCard = [...list("card", scope).value];
  const cards = everyCard.filter((card) => card.fields.standing !== "withdrawn");
  const sources = sourcesOf(roundId);
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
    agreed: cards.filter((card) => card.fields.standing === "agreed"),
    sources,
    teams: teamsOf(roundId, everyCard, sources),
    groups: [...list("group", scope).value].sort(byOrder),
    patterns: [...list("pattern", scope).value].sort(byOrder),
    predictions: [...list("prediction", scope).value],
    items: [...list("next_level_item", scope).value].sort(byOrder),
    revisitId: revisitIdOf(roundId),
    revisit: record("revisit", revisitIdOf(roundId)).value?.fields,
  };
}

/** The cards of a group in their order; with null, those in no group that is still there. */
export function cardsIn(board: Board, group: string | null): Card[] {
  const there = new Set(board.groups.map((each) => each.id));
  return board.agreed
    .filter((card) => {
      const lies = card.fields.position?.group ?? null;
      return group === null ? lies === null || !there.has(lies) : lies === group;
    })
    .sort(byPlace);
}

/** Put a card at the end of a group, or on no group at all. */
export function moveCard(board: Board, card: Card, group: string | null): Promise<void> {
  const last = cardsIn(board, group)
    .filter((each) => each.id !== card.id)
    .at(-1);
  const order = between(last?.fields.position?.order ?? null, null);
  return save("card", card.id, board.scope, { position: { group, order } });
}

/** The number that puts a new record after those there. */
export function nextOrder(records: readonly Ordered[]): number {
  return 1 + Math.max(0, ...records.map((each) => each.fields.order ?? 0));
}
