"""What lies on the wall, as it is told to whoever may not know where it comes from (rule 15).

`told:<round>` beside `round:<round>`: under the round's own name they are given everything
but cards and groups, by numbers, as everybody. These come under the other name, as they stood
when the debrief's step began (server/domain/veil.py), all at once and in the order of their
ids: a *telling*. What is told is made of the log up to that number alone, so that it is the
same for whoever asks every second, and whatever cursor they make up.

- of cards, only agreed ones; of one that went back after it was agreed on, not a word but that;
- no number but the telling's, and of a card's place its group, and as the how manieth there;
- what was purged is told at once.

The cursor of such a scope is the telling that the device has, and how far it came in it. That
a device has such a cursor, or none, is also how it is known whether it holds what is told here
or what visitors are told: whoever becomes the one or the other reads everything afresh (410).
Decides nothing about access.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.kinds import KINDS
from schemas.vocabulary import CardStanding, ScopeType
from server.domain.access import TOLD, Standing
from server.domain.identifiers import debrief_id
from server.domain.veil import Stand, last_moved, stand
from server.sync.dialect import run
from server.sync.from_log import changes_of, states_of
from server.sync.protocol import Json
from server.sync.registers import DELETED, POSITION, empty_state, is_deleted, merge, winner
from server.sync.telling import told_fields

_STEP = 1 << 20
"""Cursors of a telling: its number times this, and how many of its records were told."""
_WHOLE = _STEP - 1

_TOUCHED = (
    "SELECT 1 FROM record WHERE network_id = ? AND scope = ? AND seq > ? "
    "AND kind IN ('card', 'group', 'debrief') LIMIT 1"
)
_MOVED = (
    "SELECT max(seq), max(CASE WHEN state IS NULL THEN seq END) FROM record "
    "WHERE network_id = ? AND scope = ? AND kind IN ('card', 'group')"
)
_LYING = (
    "SELECT id, kind, seq, schema, deleted, state FROM record "
    "WHERE network_id = ? AND scope = ? AND kind IN ('card', 'group') ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One state of a wall. as_of: up to which number of the log it is told.

    number: that, or of what was purged since. 0 while nothing may be told.
    """

    number: int
    as_of: int


def name_of(round_scope: str) -> str:
    """The name under which the wall of a round's scope is told."""
    return f"{TOLD}:{round_scope.partition(':')[2]}"


def round_scope_of(scope: str) -> str | None:
    """The round's scope whose wall is told under this name; None for every other scope."""
    name, _, round_id = scope.partition(":")
    return f"{ScopeType.ROUND}:{round_id}" if name == TOLD else None


def has_changed_sides(
    tx: Connection, network_id: str, held: Iterable[str], cursors: Mapping[str, int]
) -> bool:
    """Whether the device holds a wall as a visitor and is one no more, or the other way round.

    Of a round without cards and groups there is nothing to read afresh.
    """
    scopes = {*held}
    changed = []
    for scope in scopes:
        if scope.partition(":")[0] == ScopeType.ROUND:
            was, now = name_of(scope) in cursors, name_of(scope) in scopes
            if was != now and (was or cursors.get(scope, 0) > 0):
                changed.append(scope)
    return any(run(tx, f"{_LYING} LIMIT 1", network_id, scope).first() for scope in changed)


def untold(
    tx: Connection, network_id: str, held: Iterable[str], cursors: Mapping[str, int]
) -> dict[str, Telling]:
    """The names under which there is something that the device was not told yet."""
    found = {}
    for name in held:
        scope = round_scope_of(name)
        if scope is None:
            continue
        number, done = divmod(cursors[name], _STEP)
        is_touched = run(tx, _TOUCHED, network_id, scope, number).first()
        if done == _WHOLE and not is_touched:
            continue
        telling = _newest(tx, network_id, scope)
        if telling.number > number or (telling.number == number > 0 and done < _WHOLE):
            found[name] = telling
    return found


def _newest(tx: Connection, network_id: str, scope: str) -> Telling:
    moved, now = _debrief(tx, network_id, scope)
    if not moved:
        return Telling(0, 0)
    newest, purged = run(tx, _MOVED, network_id, scope).one()
    if now.is_open:
        number = max(moved, newest or 0)
        return Telling(number, number)
    return Telling(max(moved, purged or 0), moved)


def _debrief(tx: Connection, network_id: str, scope: str) -> tuple[int, Stand]:
    """The number of the change by which the debrief came to where it stands, and where."""
    changes = changes_of(tx, network_id, [debrief_id(scope.partition(":")[2])])
    return last_moved(_stands(changes))


def _stands(changes: Iterable[tuple[int, Json]]) -> Iterator[tuple[int, Stand]]:
    state, applied = empty_state(), set[str]()
    for seq, change in changes:
        merge(state, change, applied)
        applied.add(change["id"])
        phase, step, closed_at = (
            _value(state["fields"], name) for name in ("phase", "step", "closed_at")
        )
        yield seq, stand(phase, step, closed=bool(closed_at))


def _value(fields: Json, name: str) -> Any:
    first = winner(fields.get(name, ()))
    return first["value"] if first else None


@dataclass(frozen=True, slots=True)
class Lying:
    """A card or a group as it stood: a row of the record, and its registers then."""

    id: str
    kind: str
    seq: int
    schema: int
    deleted: bool
    fields: Json | None
    """None once it was purged."""


def tell(
    tx: Connection,
    standing: Standing,
    name: str,
    telling: Telling,
    cursor: int,
) -> Iterator[tuple[Json, int, int]]:
    """What of the telling the device has not: a row, its size, and the cursor behind it.

    A telling never changes, so that a page goes on where the one before it ended. That is why
    deletions are told here however old they are.
    """
    number, done = divmod(cursor, _STEP)
    if number < telling.number:
        done = 0
    scope = f"{ScopeType.ROUND}:{name.partition(':')[2]}"
    lying = _as_it_stood(tx, standing.network_id, scope, telling.as_of)
    _number_places(lying)
    ever = _ever_agreed(tx, standing.network_id, lying, telling.as_of)
    shown = [
        each for each in lying if each.kind != "card" or each.fields is None or each.id in ever
    ]
    told = [_told(each, scope, telling, standing.member_id) for each in shown]
    for at, row in enumerate(told[done:], start=done + 1):
        after = _WHOLE if at == len(told) else min(at, _WHOLE - 1)
        yield row, len(orjson.dumps(row)), telling.number * _STEP + after


def whole(telling: Telling) -> int:
    """The cursor of who was told all of it."""
    return telling.number * _STEP + _WHOLE


def _as_it_stood(tx: Connection, network_id: str, scope: str, as_of: int) -> list[Lying]:
    """Everything on the wall in the order of ids; only what has changed since needs the log."""
    rows = run(tx, _LYING, network_id, scope).all()
    since = [row[0] for row in rows if row[2] > as_of and row[5] is not None]
    changes = changes_of(tx, network_id, since) if since else []
    states = states_of(each for each in changes if each[0] <= as_of)
    found = []
    for record_id, kind, seq, schema, deleted, text in rows:
        if text is None:
            found.append(Lying(record_id, kind, seq, schema, True, None))
        elif seq <= as_of:
            fields = orjson.loads(text)["fields"]
            found.append(Lying(record_id, kind, seq, schema, bool(deleted), fields))
        elif record_id in states:
            fields = states[record_id]["fields"]
            found.append(Lying(record_id, kind, as_of, schema, is_deleted(fields), fields))
    return found


def _number_places(lying: Iterable[Lying]) -> None:
    """Of a card's place, its group and as the how manieth it lies there: a key is as long as
    cards lay there before it, which tells who came together."""
    there: dict[str | None, list[tuple[str, str, Json, Json]]] = defaultdict(list)
    for each in lying:
        place = winner(each.fields.pop(POSITION, ())) if each.fields else None
        if each.fields and place and place["value"] and not each.deleted:
            value = place["value"]
            there[value["group"]].append((value["order"], each.id, each.fields, place))
    for cards in there.values():
        cards.sort(key=lambda card: card[:2])
        for at, (_, _, fields, place) in enumerate(cards):
            value = {**place["value"], "order": f"a{at:05}V"}
            fields[POSITION] = [{**place, "value": value}]


def _ever_agreed(tx: Connection, network_id: str, lying: Iterable[Lying], as_of: int) -> set[str]:
    """Cards of which a host may hold something: those that are agreed on, and those that were.

    Of two who said at once what becomes of it, one may have agreed, so that it was told.
    """
    said = {
        each.id: each.fields.get("standing", ())
        for each in lying
        if each.kind == "card" and each.fields
    }
    ever = {card for card, heads in said.items() if any(map(_agrees, heads))}
    answered = [card for card in said.keys() - ever if any(head["seen"] for head in said[card])]
    if answered:
        changes = changes_of(tx, network_id, answered)
        ever |= {
            change["record"]
            for seq, change in changes
            if seq <= as_of and change["set"].get("standing") == CardStanding.AGREED
        }
    return ever


def _agrees(head: Json) -> bool:
    return bool(head["value"] == CardStanding.AGREED)


def _told(each: Lying, scope: str, telling: Telling, member_id: str) -> Json:
    """One row: of a card that was agreed on and no more is, only what becomes of it."""
    row: Json = {"kind": each.kind, "id": each.id, "scope": scope, "seq": telling.as_of}
    if each.fields is None:
        return row | {"seq": each.seq, "purged": True}
    fields = each.fields
    if each.kind == "card":
        standing = winner(fields.get("standing", ()))
        if standing is None or not _agrees(standing):
            fields = {name: fields[name] for name in ("standing", DELETED) if name in fields}
    shows_author = KINDS[each.kind].shows_author
    told = told_fields(fields, member_id, shows_author, with_values=not each.deleted)
    return row | {"schema": each.schema, "deleted": each.deleted, "fields": told}
