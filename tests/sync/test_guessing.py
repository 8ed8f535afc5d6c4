"""Rule 15 against somebody who wrote the schedule and hears everything the server tells."""

from __future__ import annotations

import random

import pytest
from flask import Flask

from server import clock
from tests.make import Somebody, a_member, a_network
from tests.sync.guessing import TEAMS, VISITORS, Story, Watcher, guessed_right
from tests.sync.talk import a_change, a_part, a_round, push, statuses

DRAWS = 8


@pytest.fixture(scope="module")
def database_url() -> str:
    """What is told is the same on both databases; the day is long."""
    return ""


def a_story(app: Flask, lead: Somebody, watchers: list[Watcher]) -> Story:
    people = [a_member(app, lead.network_id) for _ in range(TEAMS * VISITORS)]
    round_id = a_round(lead, *people, visits_on="2026-11-22", stage="ready")
    teams, rooms = [clock.new_id() for _ in range(TEAMS)], [clock.new_id() for _ in range(24)]
    made = [
        a_change(
            lead,
            kind="team",
            record=team,
            scope=f"round:{round_id}",
            set={"name": f"Team {at}", "order": at}
            | {f"members/{one.member_id}": True for one in people[at::TEAMS]},
        )
        for at, team in enumerate(teams)
    ]
    assert set(statuses(push(lead, *made))) == {"applied"}

    def ask() -> None:
        for watcher in watchers:
            watcher.ask()

    return Story(lead, people, round_id, teams, rooms, ask, random.Random(15))


@pytest.fixture(scope="module")
def found(app: Flask) -> dict[str, dict[str, float]]:
    """Whoever watches, and the part of the unrecognised cards whose team each trail names."""
    lead = a_member(app, a_network(), "lead")
    host, visitor = (a_member(app, lead.network_id) for _ in range(2))
    watchers = {
        "the host": Watcher(host),
        "the host, asking anew": Watcher(host, afresh=True),
        "a visitor": Watcher(visitor),
    }
    story = a_story(app, lead, [*watchers.values()])
    parts = [
        a_part(lead, story.round_id, who, r) for who, r in ((host, "host"), (visitor, "visitor"))
    ]
    push(lead, *parts)
    story.go_to(phase="describe", step=clock.new_id())
    story.post()
    story.agree()
    story.go_to(phase="analyze", step=clock.new_id())
    story.go_to(step=clock.new_id())
    story.lay()
    story.go_to(step=clock.new_id())
    story.go_to(phase="predict", step=clock.new_id())
    story.go_to(phase="next_level", closed_at="2026-11-22T22:00:00Z")
    for watcher in watchers.values():
        assert len(watcher.last) == len(story.cards), "in the end all read every agreed card"
    return {name: named_by(watcher, story) for name, watcher in watchers.items()}


def named_by(watcher: Watcher, story: Story) -> dict[str, float]:
    return {
        name: sum(
            guessed_right(story.cards, {*watcher.last}, trail, random.Random(draw))
            for draw in range(DRAWS)
        )
        / DRAWS
        for name, trail in watcher.trails().items()
    }


IN_THE_END = {"group", "length of the place's key", "place in the group"}
"""What follows from the groups in which the cards were left, which is what groups are for."""


@pytest.mark.parametrize("who", ["the host", "the host, asking anew"])
def test_of_the_host_s_school_no_trail_names_a_team_but_the_groups_left_in_the_end(
    found: dict[str, dict[str, float]], who: str
):
    """With these figures in docs/security.md."""
    print({name: round(part, 2) for name, part in found[who].items()})
    by_chance = 1 / TEAMS

    for name, part in found[who].items():
        most = found[who]["group"] if name in IN_THE_END else by_chance
        assert part < most + 0.03, name


def test_the_watcher_is_no_toy(found: dict[str, dict[str, float]]):
    """Where cards are told as they come and move, it finds what there is to be found."""
    by_chance = 1 / TEAMS
    visitor = found["a visitor"]
    print({name: round(part, 2) for name, part in visitor.items()})

    assert visitor["number when first told"] > 2 * by_chance
    assert visitor["number at last"] > 4 * by_chance
    assert visitor["when first placed"] > 5 * by_chance
