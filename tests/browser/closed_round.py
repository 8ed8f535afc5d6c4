"""A round whose debrief is closed, with as many patterns and items as a test wants."""

from __future__ import annotations

from typing import Any

from server import clock
from server.domain.identifiers import debrief_id, return_summary_id
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import Somebody
from tests.sync.talk import a_change, push, statuses

SEEN = "give an answer with one number where the task asks for a reason, and wait for the next one"
DONE = "In each grade team one task a week is planned with a question that asks for a reason"
WORDS = {
    "thanks": "Thank you for your open doors, and for the questions that you let us ask.",
    "network_words": "We saw a school whose teachers ask each other. " * 3,
}
HOST_WORDS = "We go on asking, and begin with the tasks of the next unit. " * 3


def a_closed_round(
    lead: Somebody, visitor: Somebody, host: Somebody, patterns: int = 6, items: int = 6
) -> Day:
    """Each statement and each item as long as they usually are; the host's words beside."""
    day = a_day(lead, visitor, host=host, visits_on=in_days(-1))
    scope = f"round:{day.round_id}"

    def write(who: Somebody, kind: str, record: str | None = None, **values: Any) -> str:
        record = record or clock.new_id()
        change = a_change(who, kind=kind, record=record, scope=scope, set=values)
        assert statuses(push(who, change)) == ["applied"]
        return record

    carry = {f"cards/{card}": True for card in _agreed_cards(visitor, day)}
    agreed = {"form": "pattern", "subject": "students", "quantifier": "many", "consensus": "agree"}
    for number in range(patterns):
        write(visitor, "pattern", statement=f"{SEEN} ({number + 1})", **agreed, **carry)
    write(visitor, "prediction", text="We would write numbers.", agreed=True)
    for number in range(items):
        about = {"horizon": "next_month", "level": "school", "check_back_on": in_days(30)}
        taker = {"taken_on_by": "host_leadership_team"}
        write(host, "next_level_item", text=f"{DONE} ({number + 1})", **about, **taker)
    moment = "2026-11-22T20:42:00Z"
    closed = {"phase": "next_level", "sealed_at": moment, "closed_at": moment}
    write(lead, "debrief", debrief_id(day.round_id), **closed)
    summary = return_summary_id(day.round_id)
    write(lead, "return_summary", summary, **WORDS)
    write(host, "return_summary", summary, host_words=HOST_WORDS, **{"opened/school": True})
    return day


def _agreed_cards(visitor: Somebody, day: Day) -> list[str]:
    """One card of each classroom."""
    cards, changes = [], []
    for room in day.classrooms:
        card = clock.new_id()
        said = {"text": "S: Four.", "element": "student", "standing": "agreed"}
        where = {"kind": "card", "record": card, "scope": f"round:{day.round_id}"}
        changes.append(a_change(visitor, **where, set=said))
        source = {"card": card, "classroom": room, "team": day.team}
        where = {"record": clock.new_id(), "scope": f"visitors:{day.round_id}"}
        changes.append(a_change(visitor, kind="card_source", **where, set=source))
        cards.append(card)
    assert {*statuses(push(visitor, *changes))} == {"applied"}
    return cards
