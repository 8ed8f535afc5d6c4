"""A second network beside the demo's, for pictures: long names, and two debriefs that are open.

In one round everybody writes their prediction in silence, in the other all are shown. The
demo has neither: its debriefs are over or not begun.
"""

from __future__ import annotations

from typing import Any

from flask import Flask

from server import clock
from server.config import Settings
from server.domain.identifiers import derived_id
from tests.browser.team_cards import add_team, begin_analysis, group_on_wall, post_agreed
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import (
    PASSWORD,
    Somebody,
    a_membership,
    a_network,
    a_person,
    an_app,
    signed_in,
)
from tests.sync.talk import a_change, push, statuses

LEAD = "Maximiliane Wolkenburg-Placeholderschmidt"
VISITOR = "Bartholomew Featherstonehaugh-Sampleworth"
WAITING = "Concepción Etxeberriagoikoetxea Placeholder"
"""Whose device has something to say on every screen: an update, a loss, a refusal."""

NETWORK = "Instructional Rounds Network of the Upper Placeholder Valley Districts"
SCHOOL = "Northwest Consolidated Elementary and Middle School of Sampleborough"
OTHERS_PREDICT = (
    "I could say what the steps are and do them again with other numbers.",
    "I would know that somebody calls on me if I wait.",
)
ON_OUR_WALL = [
    'S: "You count both sides and then you see it."',
    'T: "Turn to your neighbour and say why." (40 seconds)',
    "Sheet: 6 tasks, each with two lines for a reason",
    'S: "Four." T: "Good." S: "Nine." T: "Good."',
    'T: "And the next one?" S: "Twelve."',
    "2 of 24 students ask a question in minute 9 to 17",
]
ON_THEIR_WALL = [
    "14 of 22 students copy the example from the board",
    'T: "Write this down exactly as I do."',
    'S: "Do we need the arrow too?"',
    "The task on the board and the one in the book are the same",
    "3 students compare their drawings, nobody asked them to",
]
CARDS = ('T: "Who can say it in other words?"', "3 of 5 groups copy the example into their books")


def add_wide_names(settings: Settings) -> dict[str, Any]:
    """`accounts` and `rounds` (`writing` and `shown`), as the demo tells of its own."""
    with an_app(settings) as app:
        network = a_network(NETWORK)
        lead, visitor, waiting = (
            one_of(app, network, name, role)
            for name, role in ((LEAD, "lead"), (VISITOR, "member"), (WAITING, "lead"))
        )
        rounds = {
            state: a_debrief(lead, visitor, waiting, shown=state == "shown")
            for state in ("writing", "shown")
        }
        rounds["walls"] = two_walls(lead, visitor)
        accounts = [
            {"role": "", "name": name, "email": one.email, "password": PASSWORD}
            for name, one in ((LEAD, lead), (VISITOR, visitor), (WAITING, waiting))
        ]
    return {"accounts": accounts, "rounds": rounds}


def one_of(app: Flask, network: str, name: str, role: str) -> Somebody:
    email = f"{clock.new_id()}@a-long-subdomain.placeholder-schools.example.org"
    person = a_person(name, email=email)
    member = a_membership(network, person, role)
    return signed_in(app, Somebody(app.test_client(), network, member, person, email))


def a_debrief(lead: Somebody, visitor: Somebody, other: Somebody, *, shown: bool) -> str:
    """A round today whose debrief stands at its prediction; its id."""
    today = in_days(0)
    day = a_day(lead, lead, visitor, other, title=SCHOOL, visits_on=today)
    scope = f"round:{day.round_id}"
    where = {"record": derived_id(day.round_id, "debrief"), "kind": "debrief", "scope": scope}
    stands = {"phase": "predict", "predictions_shown": shown}
    wrote = [
        a_change(other, kind="prediction", scope=scope, set={"text": text, "agreed": False})
        for text in OTHERS_PREDICT
    ]
    cards = [each for place, text in enumerate(CARDS) for each in a_card(visitor, day, place, text)]
    for author, changes in (
        (lead, [a_change(lead, set=stands, **where)]),
        (other, wrote),
        (visitor, cards),
    ):
        assert statuses(push(author, *changes)) == ["applied"] * len(changes)
    return day.round_id


def two_walls(lead: Somebody, visitor: Somebody) -> str:
    """A round whose two teams have grouped on their own walls; its id."""
    day = a_day(lead, visitor, title=SCHOOL, visits_on=in_days(0))
    other = add_team(lead, day, "Team of the Upper Valley", lead)
    elements = ("student", "task", "teacher", "relation")
    ours = post_agreed(visitor, day, day.team, ON_OUR_WALL, elements)
    theirs = post_agreed(lead, day, other, ON_THEIR_WALL, elements)
    group_on_wall(visitor, day, day.team, "Who explains", ours[:3])
    group_on_wall(visitor, day, day.team, "One-word answers", ours[3:5], 2)
    group_on_wall(lead, day, other, "Copying from the board", theirs[:4])
    begin_analysis(lead, day)
    return day.round_id


def a_card(author: Somebody, day: Day, place: int, text: str) -> list[Any]:
    """A card that the team agreed on, and where it comes from."""
    card = clock.new_id()
    values = {"text": text, "element": "student", "standing": "agreed"}
    source = {
        "card": card,
        "classroom": day.classrooms[place],
        "team": day.team,
        "member": author.member_id,
        "minute": place,
    }
    scopes = {"card": f"round:{day.round_id}", "card_source": f"visitors:{day.round_id}"}
    return [
        a_change(author, kind="card", record=card, scope=scopes["card"], set=values),
        a_change(author, kind="card_source", scope=scopes["card_source"], set=source),
    ]
