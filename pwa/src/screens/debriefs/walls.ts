/**
 * The walls of a debrief, as their records say: each team's own, and the one wall together.
 *
 * A team's wall lies in the visitors' scope, since a team leads to its classrooms; the one
 * wall in the round's, and nothing there tells which team a card or a group comes from
 * (docs/adr/0022). A team's group that was not laid onto the one wall yet comes to it as a
 * stack: derived, for those who visited.
 */
import { layOut, standingGroup, type Joins, type Layout, type Place } from "../../domain/board";
import { t } from "../../i18n";
import { derivedId, list, record, type RecordView } from "../../state";
import {
  apartOf,
  cardsIn,
  joinsOf,
  standing,
  type Board,
  type Card,
  type TeamCards,
} from "./board";
import { beginningOf } from "./long-words";

export type GroupKind = "group" | "team_group";

/** Cards that lie together under one name. */
export interface Pile {
  id: string;
  kind: GroupKind;
  scope: string;
  name: string;
  /** The name that people gave it. */
  typed: string;
  order: number;
  cards: readonly Card[];
}

export interface WallView {
  board: Board;
  /** Whose wall; null: the one wall of all. */
  team: TeamCards | null;
  kind: GroupKind;
  scope: string;
  mayWrite: boolean;
  cards: readonly Card[];
  loose: readonly Card[];
  apart: readonly Card[];
  piles: readonly Pile[];
  stacks: readonly Pile[];
  /** Groups that were joined to another, and which stands for them. */
  joined: readonly { id: string; typed: string; into: string }[];
}

const placeIds = new Map<string, string>();

/** Of a card's place on its team's wall: one a card, whoever moves it first. Hashed once. */
export function placeId(card: string): string {
  const known = placeIds.get(card) ?? derivedId(card, "team place");
  placeIds.set(card, known);
  return known;
}

/** The group that a team's stack is laid as: one, also when two tablets lay it at once. */
export function laidId(teamGroup: string): string {
  return derivedId(teamGroup, "on the one wall");
}

/** What a group is called where it has no name yet: by its first card. */
export function pileName(typed: string, cards: readonly Card[]): string {
  if (typed.trim()) return typed;
  const [first] = cards;
  return first
    ? t("debriefs.group_with", { text: beginningOf(first.fields.text) })
    : t("debriefs.unnamed_group");
}

function pileOf(group: RecordView<GroupKind>, cards: readonly Card[]): Pile {
  const { id, kind, scope, fields } = group;
  const { name: typed, order } = fields;
  return { id, kind, scope, typed, cards, order: order ?? 0, name: pileName(typed, cards) };
}

/** Groups of one name are told apart by a number, for whoever hears them and in every menu. */
function toldApart(piles: readonly Pile[]): Pile[] {
  const met = new Map<string, number>();
  return piles.map((pile) => {
    const number = (met.get(pile.name) ?? 0) + 1;
    met.set(pile.name, number);
    if (number === 1) return pile;
    return { ...pile, name: t("debriefs.nth_of_name", { name: pile.name, number }) };
  });
}

/** Teams that have a wall of their own. One team alone has none: its wall is the one wall. */
export function teamsWithWalls(board: Board): TeamCards[] {
  const teams = board.teams.filter((team) => team.agreed.length > 0);
  return teams.length > 1 ? teams : [];
}

function joinedOf(groups: readonly RecordView<GroupKind>[], joins: Joins): WallView["joined"] {
  return groups.flatMap(({ id, fields }) => {
    const into = standingGroup(id, joins);
    return into === null || into === id ? [] : [{ id, typed: fields.name, into }];
  });
}

interface TeamLayout extends Layout<Card> {
  groups: RecordView<"team_group">[];
  joined: WallView["joined"];
}

function layOutTeam(board: Board, team: TeamCards, cards = team.agreed): TeamLayout {
  const all = list("team_group", `visitors:${board.roundId}`).value;
  const ours = all.filter(({ fields }) => fields.team === team.id);
  const joins = joinsOf(ours);
  const placeOf = ({ id }: Card): Place | null =>
    record("team_place", placeId(id)).value?.fields.position ?? null;
  const layout = layOut(cards, placeOf, joins, apartOf(team.id));
  return { ...layout, groups: standing(ours, joins), joined: joinedOf(ours, joins) };
}

export function teamWall(board: Board, team: TeamCards): WallView {
  const { loose, apart, piles, groups, joined } = layOutTeam(board, team);
  return {
    ...{ board, team, loose, apart, joined, cards: team.agreed },
    kind: "team_group",
    scope: `visitors:${board.roundId}`,
    mayWrite: board.mayWrite && (team.mine || board.mayLead),
    piles: toldApart(groups.map((group) => pileOf(group, piles.get(group.id) ?? []))),
    stacks: [],
  };
}

/** Cards that nobody moved on the one wall yet come as their team left them. */
function fromTeams(board: Board): { stacks: Pile[]; apart: Set<string>; stacked: Set<string> } {
  const stacks: Pile[] = [];
  const apart = new Set<string>();
  for (const team of board.maySeeSources ? board.teams : []) {
    const unmoved = team.agreed.filter((card) => !card.fields.position);
    if (unmoved.length === 0) continue;
    const layout = layOutTeam(board, team, unmoved);
    for (const card of layout.apart) apart.add(card.id);
    for (const group of layout.groups) {
      const cards = layout.piles.get(group.id) ?? [];
      if (cards.length > 0) stacks.push(pileOf(group, cards));
    }
  }
  // By id: an order that says nothing of the teams, and is the same on every tablet.
  stacks.sort((a, b) => (a.id < b.id ? -1 : 1));
  const stacked = stacks.flatMap(({ cards }) => cards.map((card) => card.id));
  return { stacks, apart, stacked: new Set(stacked) };
}

export function oneWall(board: Board): WallView {
  const { stacks, apart, stacked } = fromTeams(board);
  const { layout, scope } = board;
  // Whoever is told the wall step by step would lay cards where nobody sees them lie.
  const mayWrite = board.mayWrite && board.maySeeSources;
  const waiting = new Set(stacks.map(({ id }) => laidId(id)));
  const laid = board.groups.map((group) => pileOf(group, cardsIn(board, group.id)));
  // What was laid and taken up again is a stack; who only reads sees no empty group.
  const hung = laid.filter(({ id, cards }) => cards.length > 0 || (mayWrite && !waiting.has(id)));
  const named = toldApart([...hung, ...stacks]);
  return {
    ...{ board, scope, mayWrite, cards: board.agreed },
    team: null,
    kind: "group",
    joined: joinedOf(list("group", scope).value, board.joins),
    loose: layout.loose.filter(({ id }) => !stacked.has(id) && !apart.has(id)),
    apart: [...layout.apart, ...layout.loose.filter(({ id }) => apart.has(id))],
    piles: named.slice(0, hung.length),
    stacks: named.slice(hung.length),
  };
}
