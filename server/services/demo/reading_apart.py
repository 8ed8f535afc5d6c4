"""A demo round's silent reading: each team reads its own cards apart, mostly alike."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from schemas.vocabulary import Activity, CoreElement, ScopeType
from server import clock
from server.db import reading
from server.domain.identifiers import derived_id
from server.domain.readings import BEARINGS
from server.domain.runbooks import runbook_id, step_id
from server.services.demo.script import Seen
from server.services.demo.stage import Stage
from server.services.demo.visiting import team_of
from server.sync.protocol import Json
from server.sync.read import records_of

CARDS = 8
ALIKE = 0.75
"""How often somebody in the demo reads a card as most of the team do."""

ELEMENTS = [*CoreElement]


def step_put_in(stage: Stage) -> Json:
    """The lead put the step that is offered into the round's runbook."""
    runbook = runbook_id(stage.round_id, "full")
    step = step_id(runbook, Activity.HOW_ALIKE)
    return stage.change("lead", "step", step, {"runbook": runbook, "left_out": False})


def read_apart(stage: Stage) -> None:
    """Everybody of every team, as their own tablets would send it."""
    with reading(stage.cast.network_id) as tx:
        scope = f"round:{stage.round_id}"
        found = records_of(tx, stage.cast.network_id, scope=scope, kind="focus_question")
    questions = sorted(found, key=lambda question: question.get("order") or 0)
    dice = Random(stage.script.key)  # noqa: S311 - so that the demo is the same every time
    for team, keys in enumerate(stage.script.teams):
        for key in keys:
            ids = [question.id for question in questions]
            stage.send(key, _readings_by(stage, key, _cards_of(stage, team), ids, dice))


def _cards_of(stage: Stage, team: int) -> list[tuple[str, Seen]]:
    grouped = [seen for group in stage.script.groups.values() for seen in group]
    own = [(stage.cards[seen], seen) for seen in grouped if team_of(stage, seen) == team]
    return own[:CARDS]


def _readings_by(
    stage: Stage, key: str, cards: list[tuple[str, Seen]], questions: list[str], dice: Random
) -> Iterator[Json]:
    reader = clock.new_id()
    finished = {"round": stage.round_id, "finished": True}
    yield stage.change(key, "reader", reader, finished, ScopeType.OWN)
    for card, seen in cards:
        element = seen.element if dice.random() < ALIKE else dice.choice(ELEMENTS)
        said: dict[str, Any] = {"card": card, "reader": reader, "element": element}
        for place, question in enumerate(questions):
            usual = (ELEMENTS.index(seen.element) + place) % len(BEARINGS)
            word = usual if dice.random() < ALIKE else dice.randrange(len(BEARINGS))
            said[f"{BEARINGS[word]}/{question}"] = True
        record = derived_id(card, f"reading:{reader}")
        yield stage.change(key, "reading", record, said, ScopeType.VISITORS)
