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


def a_story(app: Flask, watcher: Watcher, lead: Somebody) -> Story:
    people = [a_member(app, lead.network_id) for _ in range(TEAMS * VISITORS)]
    round_id = a_round(lead, *people, visits_on="2026-11-22", stage="ready")
    push(lead, a_part(lead, round_id, watcher.somebody, "host"))
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
    return Story(lead, people, round_id, teams, rooms, watcher.ask, random.Random(15))


@pytest.fixture
def found(app: Flask) -> dict[str, float]:
    """The part of the unrecognised cards whose team each trail names, over a day."""
    lead = a_member(app, a_network(), "lead")
    watcher = Watcher(a_member(app, lead.network_id, name="Host Sample"))
    story = a_story(app, watcher, lead)
    story.go_to(phase="describe")
    story.post()
    story.agree()
    story.go_to(phase="analyze")
    story.lay()
    story.go_to(phase="predict")
    story.go_to(phase="next_level", closed_at="2026-11-22T22:00:00Z")
    assert len(watcher.last) == len(story.cards), "in the end the host reads every agreed card"
    return {
        name: sum(
            guessed_right(story.cards, {*watcher.last}, trail, random.Random(draw))
            for draw in range(DRAWS)
        )
        / DRAWS
        for name, trail in watcher.trails().items()
    }


def test_an_id_and_the_time_of_agreeing_name_no_team_and_the_watcher_is_no_toy(
    found: dict[str, float],
):
    """What numbers and groups still tell stands in docs/security.md, with these figures."""
    by_chance = 1 / TEAMS
    print({name: round(part, 2) for name, part in found.items()})

    assert found["order of ids"] < by_chance + 0.03
    assert found["number when first told"] > 2 * by_chance, "it finds what is there to be found"
