"""What somebody who wrote the schedule could guess of where cards come from (rule 15).

A day of six teams and 600 cards, sent as tablets send it: posted in bursts, agreed on one by
one with all teams at once, laid onto the one wall stack by stack. The watcher asks after every
batch, with the server's own words and no screen between, and keeps what it was told first and
last. It recognises the lessons of some cards by their words, and names the team of each other
card by the nearest of those, by everything that might tell: one *trail* each.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from server import clock
from server.domain.identifiers import debrief_id
from tests.make import Somebody
from tests.real_input import NOTES, read_lessons
from tests.sync.talk import Json, a_change, pull, push, statuses

TEAMS, VISITORS, CARDS_EACH = 6, 5, 20
STACKS_A_TEAM, THEMES = 5, 8
LEFT_APART = 0.3
RECOGNISED = 0.1
FEW_AT_ONCE = (2, 5, 9)
"""How many cards a tablet sends in one go while its owner posts."""

Trails = Mapping[str, Callable[[str], Any]]


@dataclass
class Card:
    """One card as its team knows it."""

    id: str
    team: int
    room: int
    author: Somebody
    text: str
    last: dict[str, str] = field(default_factory=dict)
    """Register to the change that was its last one."""


def words() -> Iterator[str]:
    """Real notes where they are at hand, else invented ones: no trail reads them."""
    if NOTES.is_file():
        for lesson in read_lessons():
            yield from (text for _, _, text in lesson.lines)
    number = 0
    while True:
        number += 1
        yield f"S: answer {number}"


@dataclass
class Watcher:
    """Asks as the host's tablet does, only more often, and forgets nothing."""

    somebody: Somebody
    afresh: bool = False
    """Asks for everything anew each time."""
    asked: int = 0
    cursors: dict[str, int] = field(default_factory=dict)
    first: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Card to when it was first told, and with what number."""
    placed: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Card to when its place was first told, and with what number."""
    last: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    """Group to its number."""

    def ask(self) -> None:
        self.asked += 1
        if self.afresh:
            self.cursors.clear()
        more = True
        while more:
            told = pull(self.somebody, cursors=self.cursors, limit=1000)
            more = told["more"]
            self.cursors |= told["cursors"]
            for row in told["rows"]:
                self._take(row)

    def _take(self, row: Json) -> None:
        if row["kind"] == "group":
            self.groups[row["id"]] = row["seq"]
        if row["kind"] != "card":
            return
        self.first.setdefault(row["id"], (self.asked, row["seq"]))
        if "position" in row["fields"]:
            self.placed.setdefault(row["id"], (self.asked, row["seq"]))
        self.last[row["id"]] = row

    def place(self, card: str) -> Json:
        heads = self.last[card]["fields"].get("position") or [{"value": None}]
        return heads[-1]["value"] or {"group": "", "order": ""}

    def trails(self) -> Trails:
        """Where a card stands by each thing that might tell: a place among others, or a heap."""
        number = {card: row["seq"] for card, row in self.last.items()}
        return {
            "number when first told": lambda card: ("", self.first[card][1]),
            "when first told": lambda card: (self.first[card][0], 0),
            "number at last": lambda card: ("", number[card]),
            "when first placed": lambda card: (self.placed.get(card, (0, 0))[0], 0),
            "number when placed": lambda card: ("", self.placed.get(card, (0, 0))[1]),
            "order of ids": lambda card: ("", int(card[:8], 16)),
            "group": lambda card: (self.place(card)["group"], 0),
            "number of the group": lambda card: (
                "",
                self.groups.get(self.place(card)["group"], 0),
            ),
            "length of the place's key": lambda card: (
                self.place(card)["group"],
                len(self.place(card)["order"]),
            ),
            "place in the group": lambda card: (
                self.place(card)["group"],
                int.from_bytes(self.place(card)["order"].ljust(12, "0").encode()[:12]),
            ),
        }


def guessed_right(cards: list[Card], told: set[str], trail: Any, dice: random.Random) -> float:
    """The part of the unrecognised cards whose team the trail names."""
    at_hand = [card for card in cards if card.id in told]
    known = set(dice.sample([card.id for card in at_hand], int(len(at_hand) * RECOGNISED)))
    heaps: dict[Any, list[tuple[float, int]]] = defaultdict(list)
    for card in at_hand:
        if card.id in known:
            heap, place = trail(card.id)
            heaps[heap].append((place, card.team))
    right = 0
    others = [card for card in at_hand if card.id not in known]
    for card in others:
        heap, place = trail(card.id)
        right += card.team == _nearest(heaps[heap], place, dice)
    return right / max(1, len(others))


def _nearest(known: list[tuple[float, int]], place: float, dice: random.Random) -> int:
    if not known:
        return dice.randrange(TEAMS)
    least = min(abs(each - place) for each, _ in known)
    votes = Counter(team for each, team in known if abs(each - place) == least)
    most = max(votes.values())
    return dice.choice(sorted(team for team, count in votes.items() if count == most))


@dataclass
class Story:
    """The day, told to the server; `after` is called after each batch that somebody sent."""

    lead: Somebody
    people: list[Somebody]
    round_id: str
    teams: list[str]
    rooms: list[str]
    after: Callable[[], None]
    dice: random.Random
    cards: list[Card] = field(default_factory=list)

    @property
    def scope(self) -> str:
        return f"round:{self.round_id}"

    def send(self, somebody: Somebody, changes: list[Json]) -> None:
        for begin in range(0, len(changes), 400):
            assert set(statuses(push(somebody, *changes[begin : begin + 400]))) == {"applied"}
        self.after()

    def post(self) -> None:
        """Everybody posts now and then; all write into one log."""
        texts = words()
        bursts: list[list[Card]] = []
        for at, author in enumerate(self.people):
            own = [
                Card(clock.new_id(), at % TEAMS, at % TEAMS * 4 + number % 4, author, next(texts))
                for number in range(CARDS_EACH)
            ]
            self.cards += own
            while own:
                most = self.dice.choice(FEW_AT_ONCE)
                bursts.append(own[:most])
                own = own[most:]
        self.dice.shuffle(bursts)
        for burst in bursts:
            self.send(burst[0].author, [change for card in burst for change in self._made(card)])

    def _made(self, card: Card) -> Iterator[Json]:
        values = {"text": card.text, "element": "student", "standing": "posted"}
        made = a_change(card.author, kind="card", record=card.id, scope=self.scope, set=values)
        card.last = dict.fromkeys(values, made["id"])
        yield made
        source = {"card": card.id, "classroom": self.rooms[card.room]}
        source |= {"team": self.teams[card.team], "member": card.author.member_id}
        visitors = f"visitors:{self.round_id}"
        yield a_change(card.author, kind="card_source", scope=visitors, set=source)

    def _edit(self, card: Card, by: Somebody, name: str, value: Any) -> Json:
        seen = [card.last[name]] if name in card.last else []
        change = a_change(by, kind="card", record=card.id, scope=self.scope, set={name: value})
        change |= {"seen": {name: seen}, "depth": {name: 1 + len(seen)}}
        card.last[name] = change["id"]
        return change

    def agree(self) -> None:
        """Each team reads its cards one by one, in the order of ids, all teams at once."""
        waiting = [
            sorted((card for card in self.cards if card.team == team), key=lambda one: one.id)
            for team in range(TEAMS)
        ]
        while any(waiting):
            team = self.dice.choice([each for each in waiting if each])
            few = [team.pop(0) for _ in range(min(len(team), self.dice.choice((1, 1, 2, 4))))]
            by = few[0].author
            self.send(by, [self._edit(card, by, "standing", "agreed") for card in few])

    def go_to(self, **values: Any) -> None:
        now = getattr(self, "_debrief", {})
        changes = []
        for name, value in values.items():
            seen = [now[name]] if name in now else []
            record = debrief_id(self.round_id)
            change = a_change(
                self.lead, kind="debrief", record=record, scope=self.scope, set={name: value}
            )
            change |= {"seen": {name: seen}, "depth": {name: 1 + len(seen)}}
            now[name] = change["id"]
            changes.append(change)
        self._debrief = now
        self.send(self.lead, changes)

    def lay(self) -> None:
        """Stack by stack onto the one wall: left apart, or among the cards of a theme."""
        themes = [clock.new_id() for _ in range(THEMES)]
        stacks = [
            [card for card in self.cards if card.team == team][part::STACKS_A_TEAM]
            for team in range(TEAMS)
            for part in range(STACKS_A_TEAM)
        ]
        self.dice.shuffle(stacks)
        keys: dict[str, list[str]] = defaultdict(list)
        for stack in stacks:
            apart = self.dice.random() < LEFT_APART
            group = clock.new_id() if apart else self.dice.choice(themes)
            values = {"name": "What lies together", "order": 1}
            made = [a_change(self.lead, kind="group", record=group, scope=self.scope, set=values)]
            by = self.dice.choice(self.people)
            self.dice.shuffle(stack)
            there, laid = [*keys[group]], []
            for card in stack:
                order = self._key(there, keys[group])
                keys[group].append(order)
                laid.append(self._edit(card, by, "position", {"group": group, "order": order}))
            if not there:
                self.send(self.lead, made)
            self.send(by, laid)

    def _key(self, there: list[str], taken: list[str]) -> str:
        """As the app draws one: at the end of an empty group, else between two that are there."""
        if not there:
            return f"a{len(taken):02}"
        return self.dice.choice(there) + "V"
