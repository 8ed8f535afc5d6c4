"""Agreed cards of several teams and the groups on their walls, as tablets would have sent them."""

from __future__ import annotations

from server import clock
from server.domain.identifiers import derived_id
from tests.browser.on_server import rows
from tests.browser.visit_day import Day
from tests.make import Somebody
from tests.sync.talk import a_change, push, statuses


def add_team(lead: Somebody, day: Day, name: str, *members: Somebody) -> str:
    """A second team; its id."""
    team = clock.new_id()
    values = {"name": name, "order": 2} | {f"members/{one.member_id}": True for one in members}
    made = a_change(lead, kind="team", record=team, scope=f"round:{day.round_id}", set=values)
    assert statuses(push(lead, made)) == ["applied"]
    return team


def post_agreed(
    author: Somebody, day: Day, team: str, texts: list[str], elements: tuple[str, ...]
) -> list[str]:
    """Cards of one team from all classrooms in turn, each agreed on; their ids."""
    return post_cards(author, day, team, texts, elements, standing="agreed")


def post_cards(
    author: Somebody,
    day: Day,
    team: str,
    texts: list[str],
    elements: tuple[str, ...],
    *,
    standing: str = "posted",
) -> list[str]:
    """The same, to be read aloud yet."""
    ids, changes = [], []
    for number, text in enumerate(texts):
        ids.append(clock.new_id())
        element = elements[number % len(elements)]
        values = {"text": text, "element": element, "standing": standing}
        place = {"classroom": day.classrooms[number % len(day.classrooms)], "team": team}
        source = {"card": ids[-1], "member": author.member_id, "minute": number % 20, **place}
        for kind, record, scope, set_ in (
            ("card", ids[-1], "round", values),
            ("card_source", clock.new_id(), "visitors", source),
        ):
            where = f"{scope}:{day.round_id}"
            changes.append(a_change(author, kind=kind, record=record, scope=where, set=set_))
    for begin in range(0, len(changes), 400):
        assert set(statuses(push(author, *changes[begin : begin + 400]))) == {"applied"}
    return ids


def group_on_wall(
    author: Somebody, day: Day, team: str, name: str, cards: list[str], order: int = 1
) -> str:
    """A group on the team's own wall with these cards; its id."""
    group = clock.new_id()
    values = {"team": team, "name": name, "order": order}
    scope = f"visitors:{day.round_id}"
    changes = [a_change(author, kind="team_group", record=group, scope=scope, set=values)]
    for at, card in enumerate(cards):
        position = {"group": group, "order": f"a{at:02}V"}
        set_ = {"card": card, "position": position}
        place = derived_id(card, "team place")
        changes.append(a_change(author, kind="team_place", record=place, scope=scope, set=set_))
    assert set(statuses(push(author, *changes))) == {"applied"}
    return group


def agree_on_all(lead: Somebody, day: Day) -> None:
    """Every card that was posted is read aloud and agreed on, and the analysis begins."""
    changes = []
    for row in rows(lead, "card"):
        heads = row["fields"]["standing"]
        knows = {"seen": {"standing": [head["id"] for head in heads]}, "depth": {"standing": 9}}
        place = {"kind": "card", "record": row["id"], "scope": row["scope"]}
        changes.append(a_change(lead, set={"standing": "agreed"}, **place, **knows))
    assert set(statuses(push(lead, *changes))) == {"applied"}
    begin_analysis(lead, day)


def begin_analysis(lead: Somebody, day: Day) -> None:
    where = {"record": derived_id(day.round_id, "debrief"), "kind": "debrief"}
    scope = f"round:{day.round_id}"
    stands = a_change(lead, scope=scope, set={"phase": "analyze"}, **where)
    assert statuses(push(lead, stands)) == ["applied"]


def lay_on_the_one_wall(lead: Somebody, day: Day, cards: list[str], groups: int) -> list[str]:
    """So many groups of the one wall, the cards in them by turns; ids of the groups."""
    scope = f"round:{day.round_id}"
    made = [clock.new_id() for _ in range(groups)]
    changes = [
        a_change(lead, kind="group", record=id_, scope=scope, set={"name": f"Idea {n}", "order": n})
        for n, id_ in enumerate(made)
    ]
    for number, card in enumerate(cards):
        place = {"position": {"group": made[number % groups], "order": f"a{number:03}V"}}
        changes.append(a_change(lead, kind="card", record=card, scope=scope, set=place))
    for begin in range(0, len(changes), 400):
        assert set(statuses(push(lead, *changes[begin : begin + 400]))) == {"applied"}
    begin_analysis(lead, day)
    return made
