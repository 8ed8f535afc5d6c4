"""What a host is told of a wall at each moment: docs/adr/0033, written a second time.

Made of the log and of what people were shown, by rules of its own: imports none of the code
under test. Whoever holds a round and does not visit it is judged by this at every pull.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from server.db import reading
from server.models.sync import Change
from tests.sync.oracle import POSITION, STANDING, Fields, Json, expected, head_of, values_of, winner
from tests.sync.walls import plain, read_by
from tests.torture.device import TorturedDevice

if TYPE_CHECKING:
    from tests.torture.ground import Ground

Stand = tuple[str, Any, bool]
"""The phase, the step where it makes a difference, and whether the debrief is closed."""
DESCRIBES: Stand = ("describe", None, False)
NO_KEY = re.compile(r"a\d{5}V")
"""A place as the how manieth: whose key grows with what lay there before it tells a tablet."""
_LOG = Change.__table__.c


@dataclass(frozen=True)
class Wall:
    """As of which number of the log a wall is told; 0 while nothing of it may be."""

    as_of: int = 0
    lying: dict[str, tuple[str, Fields]] = field(default_factory=dict)
    """Cards and groups as they stood then, by id: what was purged is not among them."""
    ever_agreed: frozenset[str] = frozenset()
    """Cards that somebody had agreed on by then, whatever was said of them since."""
    has_moved_on: bool = False
    """Whether anything was changed since, which is told with the next step."""
    stands: frozenset[Stand] = frozenset()
    """Everywhere that the debrief has stood."""

    def told(self) -> dict[str, Any]:
        """What is read of it: agreed cards and groups, each with its values."""
        return plain(self.lying) if self.as_of else {}


def wall_of(world: Ground, scope: str) -> Wall:
    """The wall of a round's scope, as whoever does not visit may be told it now."""
    key = (*world.head(), scope)
    if world.walls.get(scope, ((), None))[0] != key:
        world.walls[scope] = (key, _read(world, scope))
    wall: Wall = world.walls[scope][1]
    return wall


def _read(world: Ground, scope: str) -> Wall:
    rows = _rows(world, scope)
    purged = {row.record_id: row.seq for row in rows if row.kind == "_purge"}
    applied = [row for row in rows if row.status == "applied" and row.body]
    live = [(row.released_seq or row.seq, json.loads(row.body)) for row in applied]
    live.sort(key=lambda each: each[0])
    changes = [(seq, change) for seq, change in live if change["kind"] == "debrief"]
    stands = [*_stands(changes, world.named)]
    moved, now = _last_moved(stands)
    on_it = [(seq, change) for seq, change in live if change["kind"] in ("card", "group")]
    is_open = now[2] or now[0] == "next_level"
    numbers = [seq for seq, _ in on_it] + [*purged.values()]
    as_of = max([moved, *numbers]) if is_open and moved else moved
    lying = _as_of([c for seq, c in on_it if seq <= as_of], world.named)
    kept = {record: told for record, told in lying.items() if record not in purged}
    said = [change for seq, change in on_it if seq <= as_of and change["kind"] == "card"]
    agreed = frozenset(c["record"] for c in said if c["set"].get(STANDING) == "agreed")
    is_later = any(seq > as_of for seq, _ in on_it)
    return Wall(as_of, kept, agreed, is_later, frozenset(stand for _, stand in stands))


def _rows(world: Ground, scope: str) -> list[Any]:
    kinds = ("card", "group", "debrief", "_purge")
    asked = select(
        *(_LOG[n] for n in ("seq", "released_seq", "status", "kind", "record_id", "body"))
    )
    mine = (_LOG.network_id == world.network, _LOG.scope == scope, _LOG.kind.in_(kinds))
    with reading(world.network) as tx:
        return [*tx.execute(asked.where(*mine).order_by(_LOG.seq))]


def _stands(changes: Iterable[tuple[int, Json]], named: Any) -> Iterator[tuple[int, Stand]]:
    """Where a debrief stood after each of its changes."""
    fields: Fields = {}
    gone: dict[str, set[str]] = {}
    for seq, change in changes:
        for register in change["set"]:
            gone.setdefault(register, set()).update(named[change["id"]][register])
            heads = fields.setdefault(register, {})
            heads[change["id"]] = head_of(change, register)
            for each in heads.keys() & gone[register]:
                del heads[each]
        yield seq, stand_of(values_of(fields))


def stand_of(debrief: Json) -> Stand:
    phase = debrief.get("phase") or "describe"
    step = None if phase == "describe" else debrief.get("step")
    return phase, step, bool(debrief.get("closed_at"))


def _last_moved(stands: Iterable[tuple[int, Stand]]) -> tuple[int, Stand]:
    moved, now = 0, DESCRIBES
    for seq, stand in stands:
        if stand != now:
            moved, now = seq, stand
    return moved, now


def _as_of(changes: list[Json], named: Any) -> dict[str, tuple[str, Fields]]:
    found: dict[str, list[Json]] = {}
    for change in changes:
        found.setdefault(change["record"], []).append(change)
    return {record: (of_it[0]["kind"], expected(of_it, named)) for record, of_it in found.items()}


def check_told(world: Ground, device: TorturedDevice, told: Json) -> None:
    """Every row of a wall that a reply holds: none too early, none that says whose it is."""
    lying = [row for row in told["rows"] if row["kind"] in ("card", "group")]
    apart = {row["scope"] for row in lying if not world.rights.visits(device.member, row["scope"])}
    walls = {scope: wall_of(world, scope) for scope in sorted(apart)}
    for row in lying:
        if row["scope"] in walls:
            wall = walls[row["scope"]]
            assert wall.as_of, "a card is told while the network describes"
            world.seen["told of a wall"] += 1
            world.seen["told as it stood before"] += wall.has_moved_on
            if not row.get("purged"):
                _check_row(wall, row)


def _check_row(wall: Wall, row: Json) -> None:
    assert row["seq"] == wall.as_of, "a card is told under a number of its own"
    assert row["id"] in wall.lying, "a card is told before its step"
    _, stood = wall.lying[row["id"]]
    is_told = row["kind"] == "group" or row["id"] in wall.ever_agreed
    assert is_told, "it is told that there is a card that nobody agreed on"
    if row["kind"] == "card" and not _is_agreed(stood):
        assert {*row["fields"]} <= {STANDING, "deleted"}, "words are told of a card that went back"
    for register, heads in row["fields"].items():
        ids = {head["id"] for head in heads}
        first = {winner(stood.get(POSITION, {}))}
        wanted = first if register == POSITION else {*stood.get(register, {})}
        assert ids <= wanted, "a version is told before its step"
        if register == POSITION and not row["deleted"]:
            assert NO_KEY.fullmatch(heads[0]["value"]["order"]), "a place tells its key"


def _is_agreed(card: Fields) -> bool:
    return bool(values_of({STANDING: card.get(STANDING, {})}).get(STANDING) == "agreed")


def _check_rows_held(wall: Wall, rows: dict[str, Json]) -> None:
    """Whoever ceased to visit keeps nothing of what they held as a visitor."""
    lying = {i: row for i, row in rows.items() if row["kind"] in ("card", "group")}
    for record, row in lying.items():
        if row["fields"]:  # Of what was purged an empty row stays.
            is_group = row["kind"] == "group"
            is_told = record in (wall.lying if is_group else wall.ever_agreed)
            assert is_told, "a host holds a card that they are not told"
            words = {*row["fields"]} - {STANDING, "deleted"}
            stands = is_group or _is_agreed(wall.lying[record][1])
            assert stands or not words, "a host holds words of a card that went back"


def check_wall_held(world: Ground, device: TorturedDevice) -> None:
    """A tablet that has just read everything holds the walls that it may, and those whole."""
    apart = [
        scope
        for scope in device.scopes
        if scope.startswith("round:") and not world.rights.visits(device.member, scope)
    ]
    if not apart or device.synced != world.head()[0]:
        return
    for scope in apart:
        mine = {i: row for i, row in device.rows.items() if row["scope"] == scope}
        wall = wall_of(world, scope)
        _check_rows_held(wall, mine)
        held, told = read_by(mine), wall.told()
        assert held.keys() >= told.keys(), "a host lacks a card that they are told"
        assert held == told, "a host holds another wall than the step's"
        world.seen["walls held by a host"] += bool(told)
