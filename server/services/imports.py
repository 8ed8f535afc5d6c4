"""Notes that were written elsewhere, taken in as one member's own notes of one round.

The file is checked whole before anything is written; then it goes through push, 40 a batch,
as if the author's tablet had sent it. Ids are derived, so that a second run, or one that
goes on after a cut, makes nothing twice and writes over nothing that was edited since.

A file's classrooms become V1, V2, ... in the order in which they appear. Nothing keeps the
way from a visit number back to the name in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from schemas.base import MAX_INT, MAX_TEXT_BYTES, is_safe_text
from schemas.vocabulary import CoreElement, ScopeType
from server.db import reading
from server.domain.access import may_write
from server.domain.csv_files import Row, check_columns, read_csv
from server.domain.faults import Faults
from server.domain.identifiers import derived_id
from server.errors import NotFound, RuleBroken
from server.services.standings import standing_of
from server.services.writing_records import BATCH, send
from server.sync.compose import compose
from server.sync.protocol import Json
from server.sync.read import MergedRecord, record_of, records_of

COLUMNS = ("classroom_ref", "seq", "actor", "note_text")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """One row of the file, checked."""

    row: int
    classroom_ref: str
    order: int
    element: CoreElement | None
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose notes they become, and of which round."""

    network_id: str
    round_id: str
    author: str

    @property
    def own(self) -> str:
        return f"{ScopeType.OWN}:{self.author}"

    @property
    def round(self) -> str:
        return f"{ScopeType.ROUND}:{self.round_id}"

    def visit_id(self, classroom_ref: str) -> str:
        return derived_id(f"{self.round_id}:{self.author}:visit", classroom_ref)

    def note_id(self, written: Written) -> str:
        return derived_id(f"{self.visit_id(written.classroom_ref)}:note", str(written.order))


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import made. `already_there` were left as they are."""

    classrooms: int
    visits: int
    notes: int
    already_there: int


def import_notes(content: bytes, place: Place, progress: Progress) -> TakenIn:
    """Take in a CSV of notes. RuleBroken names row and column; then nothing was written."""
    lines = read_notes(content)
    refs = [*dict.fromkeys(line.classroom_ref for line in lines)]
    with reading(place.network_id) as tx:
        record = record_of(tx, place.network_id, place.round_id)
        if record is None or record.kind != "round" or record.deleted:
            raise NotFound()
        rooms, new_rooms = _rooms_for(tx, place, refs)
        known = _known(tx, place, lines, refs)
    _push(place, new_rooms, lambda done: None)
    room_of = dict(zip(refs, rooms, strict=True))
    visits = [ref for ref in refs if place.visit_id(ref) not in known]
    notes = [line for line in lines if place.note_id(line) not in known]
    _push(place, [_visit(place, ref, room_of[ref]) for ref in visits], lambda done: None)
    changes = [_note(place, line, room_of[line.classroom_ref]) for line in notes]
    _push(place, changes, lambda done: progress(done, len(notes)))
    return TakenIn(len(new_rooms), len(visits), len(notes), len(lines) - len(notes))


def read_notes(content: bytes) -> list[Written]:
    """Every row, or RuleBroken for those that are wrong."""
    faults = Faults()
    heading, rows = read_csv(content, faults)
    check_columns(heading, COLUMNS, "notes")
    if not (rows or faults.count):
        raise RuleBroken("import.empty")
    lines: dict[tuple[str, int], Written] = {}
    for row in rows:
        before = faults.count
        line = _line(row)
        if faults.count > before:
            continue
        if (line.classroom_ref, line.order) in lines:
            row.wrong("import.id_twice", "seq")
        lines[line.classroom_ref, line.order] = line
    faults.check()
    return [*lines.values()]


def _line(row: Row) -> Written:
    ref, order, actor = row.need("classroom_ref"), row.need("seq"), row.cells["actor"].strip()
    text = row.cells["note_text"]
    if order and not (order.isascii() and order.isdigit() and int(order[:20]) <= MAX_INT):
        order = row.wrong("import.cell_number", "seq")
    if actor and actor not in [*CoreElement]:
        actor = row.wrong("import.cell_word", "actor")
    if not is_safe_text(text) or len(text.encode()) > MAX_TEXT_BYTES:
        text = row.wrong("import.cell_text", "note_text")
    return Written(row.number, ref, int(order or 0), CoreElement(actor) if actor else None, text)


def _rooms_for(tx: Connection, place: Place, refs: list[str]) -> tuple[list[str], list[Json]]:
    """A classroom's id for each name in the file, and the changes that make missing ones."""
    found = records_of(tx, place.network_id, scope=place.round, kind="classroom")
    visited = [room for room in found if not room.get("spare_of")]
    rooms = [room.id for room in sorted(visited, key=_number)][: len(refs)]
    highest = max(map(_number, found), default=0)
    new_rooms: list[Json] = []
    for number in range(highest + 1, highest + 1 + len(refs) - len(rooms)):
        room_id = derived_id(place.round_id, f"classroom:{number}")
        set_ = {"number": number}
        new_rooms.append(compose("classroom", room_id, place.round, set_, by=place.author))
        rooms.append(room_id)
    standing = standing_of(tx, place.network_id, place.author)
    if new_rooms and not may_write(standing, "classroom", place.round, ["number"])[0]:
        raise RuleBroken("import.no_classroom", count=len(refs), there=len(visited))
    return rooms, new_rooms


def _number(room: MergedRecord) -> int:
    return int(room.get("number") or 0)


def _known(tx: Connection, place: Place, lines: list[Written], refs: list[str]) -> set[str]:
    ids = [place.visit_id(ref) for ref in refs] + [place.note_id(line) for line in lines]
    found = records_of(tx, place.network_id, ids=ids, with_deleted=True)
    return {record.id for record in found}


def _visit(place: Place, ref: str, room_id: str) -> Json:
    set_ = {"round": place.round_id, "classroom": room_id}
    return compose("observation", place.visit_id(ref), place.own, set_, by=place.author)


def _note(place: Place, line: Written, room_id: str) -> Json:
    set_ = {
        "round": place.round_id,
        "observation": place.visit_id(line.classroom_ref),
        "classroom": room_id,
        "text": line.text,
        "order": line.order,
    }
    if line.element:
        set_["element"] = line.element
    return compose("note", place.note_id(line), place.own, set_, by=place.author)


def _push(place: Place, changes: list[Json], progress: Callable[[int], None]) -> None:
    results: Iterator[object] = _checked(place, changes)
    for done, _ in enumerate(results, start=1):
        if done % BATCH == 0 or done == len(changes):
            progress(done)


def _checked(place: Place, changes: list[Json]) -> Iterator[object]:
    """Push; what was purged before stays away, anything else must be applied."""
    for result in send(place.network_id, place.author, changes):
        if result.status not in {"applied", "purged"}:
            raise RuleBroken("import.not_taken", reason=result.reason)
        yield result
