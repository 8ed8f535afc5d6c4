"""What a debrief shows to the whole room, on a projector or a television.

The host sits in that room, so nothing is read but the round's own scope, which the host
holds; and of that only what the step shows together. No id, name, classroom or time of a
visit is given. The page is drawn by pwa/src/screens/projector.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from schemas.vocabulary import Activity, Actor, CardStanding, HostPart, Phase
from server.domain.board import standing_group
from server.domain.identifiers import debrief_id, derived_id
from server.domain.improvement import FirstFacts, chosen_first
from server.domain.runbooks import (
    SHIPPED,
    Step,
    runbook_id,
    shipped_steps,
    step_at,
    whole_runbook,
)
from server.services.released import agreement_on
from server.sync.read import MergedRecord, records_of, text_of

_KINDS = (
    "round",
    "debrief",
    "step",
    "card",
    "group",
    "pattern",
    "prediction",
    "next_level_item",
    "revisit",
)

_WALL = frozenset({Activity.ONE_WALL})
_PATTERNS = frozenset({Activity.PATTERNS, Activity.HOST_SPEAKS})
_ITEMS = frozenset({Activity.NEXT_LEVEL, Activity.COMMIT})

Records = Mapping[str, list[MergedRecord]]


def room_view(tx: Connection, network_id: str, round_id: str) -> dict[str, Any] | None:
    """The view as schemas.screens.RoomView has it; None where the debrief has not begun."""
    records = _read(tx, network_id, round_id)
    debrief = _one(records["debrief"], debrief_id(round_id))
    the_round = _one(records["round"], round_id)
    if debrief is None or the_round is None or not debrief.get("phase"):
        return None
    step, words = _step(round_id, debrief, records["step"])
    closed = bool(debrief.get("closed_at"))
    shown = Activity.OTHER if closed else step.activity
    return {
        "title": text_of(the_round, "title"),
        "step": _told(step, words, debrief),
        "closed": closed,
        "host_part": debrief.get("host_part") or HostPart.LISTENS,
        "groups": _groups(round_id, records) if shown in _WALL else [],
        "patterns": _patterns(records) if shown in _PATTERNS else [],
        **_predictions(round_id, debrief, records, shown),
        "items": _items(records) if shown in _ITEMS else [],
    }


def _read(tx: Connection, network_id: str, round_id: str) -> Records:
    found: dict[str, list[MergedRecord]] = defaultdict(list)
    for kind in _KINDS:
        found[kind] = records_of(tx, network_id, scope=f"round:{round_id}", kind=kind)
    return found


def _one(records: Iterable[MergedRecord], record_id: str) -> MergedRecord | None:
    return next((each for each in records if each.id == record_id), None)


def _in_order(records: Iterable[MergedRecord]) -> list[MergedRecord]:
    return sorted(records, key=lambda each: (each.get("order") or 0, each.id))


def _step(
    round_id: str, debrief: MergedRecord, records: list[MergedRecord]
) -> tuple[Step, MergedRecord | None]:
    """The step that the debrief stands at, and the record with its words, where there is one."""
    runbook = str(debrief.get("runbook") or runbook_id(round_id, SHIPPED[0]))
    name = next((each for each in SHIPPED if runbook_id(round_id, each) == runbook), None)
    usual = {step.id: step for step in shipped_steps(runbook, name)} if name else {}
    own = {each.id: each for each in records if each.id in usual or each.get("runbook") == runbook}
    steps = [_stored(each, usual.get(each.id)) for each in own.values()]
    steps += [step for key, step in usual.items() if key not in own]
    whole = whole_runbook(runbook, steps)
    step = step_at(whole, debrief.get("phase"), debrief.get("step"))
    return step, own.get(step.id)


def _stored(record: MergedRecord, usual: Step | None) -> Step:
    """A step as its record changes it; what ships keeps its activity and its phase."""
    order = record.get("order")
    base = usual or Step(
        id=record.id,
        activity=Activity(record.get("activity") or Activity.OTHER),
        phase=Phase(record.get("phase") or Phase.DESCRIBE),
        order=0,
        minutes=10,
        actor=Actor.EVERYONE,
    )
    return replace(
        base,
        order=base.order if order is None else order,
        minutes=record.get("minutes") or base.minutes,
        actor=record.get("actor") or base.actor,
        left_out=bool(record.get("left_out")),
    )


def _told(step: Step, words: MergedRecord | None, debrief: MergedRecord) -> dict[str, Any]:
    runs = debrief.get("step") == step.id
    return {
        "activity": step.activity,
        "phase": step.phase,
        "actor": step.actor,
        "title": text_of(words, "title"),
        "prompts": text_of(words, "prompts"),
        "clock": {
            "minutes": step.minutes,
            "began_at": debrief.get("step_began_at") if runs else None,
            "paused_at": debrief.get("paused_at") if runs else None,
            "added_minutes": (debrief.get("added_minutes") or 0) if runs else 0,
        },
    }


def _groups(round_id: str, records: Records) -> list[dict[str, Any]]:
    """Groups with their cards, in their order; then what fits nowhere yet; last what is loose."""
    joined_to = {group.id: group.get("joined_to") for group in records["group"]}
    apart = derived_id(round_id, "fits-nowhere")
    piles: dict[str | None, list[MergedRecord]] = defaultdict(list)
    for card in sorted(records["card"], key=_place):
        if card.get("standing") == CardStanding.AGREED:
            group = (card.get("position") or {}).get("group")
            piles[group if group == apart else standing_group(group, joined_to)].append(card)
    hung = [("group", text_of(group, "name"), group.id) for group in _in_order(records["group"])]
    return [
        {"place": place, "name": name, "cards": [_card(card) for card in piles[key]]}
        for place, name, key in [*hung, ("apart", "", apart), ("loose", "", None)]
        if key in piles
    ]


def _place(card: MergedRecord) -> tuple[str, str]:
    return str((card.get("position") or {}).get("order") or ""), card.id


def _card(card: MergedRecord) -> dict[str, Any]:
    return {"text": text_of(card, "text"), "element": card.get("element")}


def _patterns(records: Records) -> list[dict[str, Any]]:
    return [
        {
            "form": each.get("form"),
            "subject": each.get("subject"),
            "statement": text_of(each, "statement"),
            "quantifier": each.get("quantifier"),
            "consensus": agreement_on(each),
            "open_question": text_of(each, "open_question"),
        }
        for each in _in_order(records["pattern"])
        if text_of(each, "statement")
    ]


def _predictions(
    round_id: str, debrief: MergedRecord, records: Records, shown: str
) -> dict[str, Any]:
    """Texts only between "shown together" and the seal: before, people write in silence."""
    sealed_at = debrief.get("sealed_at")
    together = bool(debrief.get("predictions_shown"))
    revisit = _one(records["revisit"], derived_id(round_id, "revisit"))
    texts = [text_of(each, "text") for each in records["prediction"]]
    open_now = shown == Activity.PREDICT and together and not sealed_at
    return {
        "predictions_shown": together,
        "predictions": [text for text in texts if text] if open_now else [],
        "sealed_at": sealed_at,
        "opens_on": revisit.get("meets_on") if revisit else None,
    }


def _items(records: Records) -> list[dict[str, Any]]:
    items = [each for each in records["next_level_item"] if not each.deleted]
    first, _beyond = chosen_first(
        FirstFacts(each.id, each.get("order"), each.get("starts_first")) for each in items
    )
    return [
        {
            "text": text_of(each, "text"),
            "horizon": each.get("horizon"),
            "level": each.get("level"),
            "taken_on_by": each.get("taken_on_by"),
            "starts_first": each.id in first,
        }
        for each in _in_order(items)
        if text_of(each, "text")
    ]
