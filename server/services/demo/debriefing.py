"""A demo round's debrief: agreed cards, groups, patterns, predictions, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from schemas.vocabulary import Audience, CardStanding, Consensus, Phase, RevisitForm
from server import clock
from server.db import reading
from server.domain.identifiers import (
    debrief_id,
    derived_id,
    return_summary_id,
    revisit_id,
)
from server.services.demo.stage import Stage
from server.sync.protocol import Json
from server.sync.read import records_of

ORDERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def debrief(stage: Stage) -> Iterator[Json]:
    set_: dict[str, Any] = {"phase": Phase.DESCRIBE}
    if stage.script.is_past:
        afternoon = datetime.combine(stage.day, time(21), UTC)
        set_ = {
            "phase": Phase.NEXT_LEVEL,
            "began_at": clock.as_text(afternoon - timedelta(hours=3)),
            "predictions_shown": True,
            "sealed_at": clock.as_text(afternoon - timedelta(hours=1)),
            "closed_at": clock.as_text(afternoon),
        }
    yield stage.change("lead", "debrief", debrief_id(stage.round_id), set_)


def agreed_and_grouped(stage: Stage) -> Iterator[Json]:
    with reading(stage.cast.network_id) as tx:
        scope = f"round:{stage.round_id}"
        found = records_of(tx, stage.cast.network_id, scope=scope, kind="card")
    cards = {card.id: card for card in found}
    for order, (name, seen_here) in enumerate(stage.script.groups.items()):
        stage.groups[name] = clock.new_id()
        yield stage.change("lead", "group", stage.groups[name], {"name": name, "order": order})
        for place, seen in enumerate(seen_here):
            position = {"group": stage.groups[name], "order": f"a{ORDERS[place]}V"}
            set_ = {"standing": CardStanding.AGREED, "position": position}
            card = cards[stage.cards[seen]]
            yield stage.change("lead", "card", card.id, set_, heads=card)


def patterns(stage: Stage) -> Iterator[Json]:
    for order, saw in enumerate(stage.script.patterns):
        cards = [stage.cards[seen] for name in saw.groups for seen in stage.script.groups[name]]
        set_ = {
            "form": saw.form,
            "subject": saw.subject,
            "element": saw.element,
            "statement": saw.statement,
            "quantifier": saw.quantifier,
            "consensus": Consensus.AGREE,
            "open_question": saw.open_question,
            "order": order,
        }
        tagged = [f"cards/{card}" for card in cards]
        tagged += [f"groups/{stage.groups[name]}" for name in saw.groups]
        stage.patterns.append(clock.new_id())
        all_of = set_ | dict.fromkeys(tagged, True)
        yield stage.change("lead", "pattern", stage.patterns[-1], all_of)


def predictions(stage: Stage) -> None:
    """Each by its author; the first is the agreed one, and says at a revisit what was seen."""
    back = stage.script.revisit
    for place, text in enumerate(stage.script.predictions):
        set_: dict[str, Any] = {"text": text, "agreed": place == 0}
        if place == 0 and back and back.seen:
            set_ |= {"seen": back.seen, "seen_text": back.seen_text}
        key = stage.script.teams[place][0]
        stage.send(key, [stage.new(key, "prediction", set_)])


def coming_back(stage: Stage) -> Iterator[Json]:
    back = stage.script.revisit
    if back is None:
        return
    day = stage.day + timedelta(days=back.day)
    set_: dict[str, Any] = {"form": RevisitForm.CONVERSATION, "meets_on": day.isoformat()}
    if back.seen:
        set_["opened_at"] = clock.as_text(datetime.combine(day, time(20), UTC))
    yield stage.change("lead", "revisit", revisit_id(stage.round_id), set_)
    for pattern, text in zip(stage.patterns, back.now, strict=False):
        beside = {"pattern": pattern, "text": text}
        yield stage.change("lead", "pattern_now", derived_id(pattern, "now"), beside)


def next_level(stage: Stage) -> Iterator[Json]:
    for order, item in enumerate(stage.script.next_level):
        check_back_on = stage.day + timedelta(days=item.check_back)
        set_ = {
            "text": item.text,
            "horizon": item.horizon,
            "level": item.level,
            "taken_on_by": item.taken_on_by,
            "support": item.support,
            "check_back_on": check_back_on.isoformat(),
            "starts_first": item.starts_first,
            "order": order,
        }
        later = {"outcome": item.outcome, "learned": item.learned, "of_use": item.of_use}
        set_ |= {name: value for name, value in later.items() if value is not None and value != ""}
        yield stage.new(stage.host, "next_level_item", set_)


def summary(stage: Stage, key: str) -> Json:
    script = stage.script
    if key == "lead":
        set_: dict[str, Any] = {"thanks": script.thanks, "network_words": script.network_words}
    else:
        opened = (Audience.SCHOOL, Audience.NETWORK, Audience.DISTRICT)
        set_ = {
            "host_words": script.host_words,
            **{f"opened/{audience}": True for audience in opened},
            **(
                {"then_and_now/network": True, "then_and_now/district": True}
                if script.stands_by_name
                else {}
            ),
        }
    return stage.change(key, "return_summary", return_summary_id(stage.round_id), set_)
