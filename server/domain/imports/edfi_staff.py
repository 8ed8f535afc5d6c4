"""Ed-Fi's staff, as an ODS or its API is exported: CSV, packed as a zip, or `staffs.csv` alone.

Files and columns go by the names of the tables or of the API: `Staff`, `staffs`, `StaffUniqueId`,
`staffReference.staffUniqueId`. Of a person name, address and where they work are read, and no
other column: Ed-Fi's has birth dates and login ids too. Students and families are counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.vocabulary import Position
from server.domain.csv_files import Row, is_old_text, read_csv
from server.domain.faults import Faults
from server.domain.imports.dates import read_dates
from server.domain.imports.found import Found, FoundPerson
from server.domain.imports.ids import plain_id, read_id
from server.domain.imports.names import read_email, read_name
from server.domain.imports.packed import Packed
from server.errors import RuleBroken

LAYOUT = "ed_fi"
_STAFF = "staff"
_ASSIGNMENTS = "staffeducationorganizationassignmentassociation"
_MAIL = "staffelectronicmail"
_PLACES = {"school", "localeducationagencie", "localeducationagency", "educationorganization"}
_FORGOTTEN = {"student": "students", "parent": "families", "contact": "families"}
_KEYS = ("staffuniqueid", "staffusi")
_ADDRESS = "electronicmailaddress"
_POSITIONS = {
    "principal": Position.PRINCIPAL,
    "assistantprincipal": Position.ASSISTANT_PRINCIPAL,
    "superintendent": Position.SUPERINTENDENT,
    "assistantsuperintendent": Position.DISTRICT_LEADER,
    "leaadministrator": Position.DISTRICT_LEADER,
}
"""Staff classifications, and what they are here, where that is plain."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows, and the columns of their heading."""

    heading: Sequence[str]
    rows: Sequence[Row]

    def columns(self, name: str) -> list[str]:
        """Those of that name, also of a reference or of one of several; the plainest first."""
        ends = [column for column in self.heading if _plain(column).endswith(name)]
        return sorted(ends, key=lambda column: _plain(column) != name)

    def column(self, name: str) -> str:
        """RuleBroken where the heading has none."""
        if columns := self.columns(name):
            return columns[0]
        raise RuleBroken("import.heading", row=1, column=name, layout=LAYOUT)

    def cell(self, row: Row, name: str) -> str:
        """What stands there; empty where there is no such column."""
        columns = self.columns(name)
        return row.cells[columns[0]].strip() if columns else ""


@dataclass(frozen=True, slots=True)
class _Beside:
    """Rows of another table by whose they are. key: the name of the id that both have."""

    table: _Table
    key: str
    rows: Mapping[str, list[Row]]

    def of(self, staff: _Table, row: Row) -> list[Row]:
        return self.rows.get(plain_id(staff.cell(row, self.key)), [])


def is_staff(heading: Sequence[str]) -> bool:
    """Whether a heading is that of Ed-Fi's staff, or of where they work."""
    return any(_plain(column).endswith(_KEYS) for column in heading)


def is_packed_staff(packed: Packed) -> bool:
    return "manifest.csv" not in packed and any(_stem(name) == _STAFF for name in packed.names)


def read_staff(heading: Sequence[str], rows: Sequence[Row], faults: Faults) -> Found:
    """`staffs.csv` by itself: nobody's place is known."""
    found, staff = Found(LAYOUT), _Table(heading, rows)
    with faults.gathering():
        _read(staff, {}, found, set())
    return found


def read_packed_staff(packed: Packed, today: date) -> Found:
    """Who has worked there no longer than until `today` is left out. RuleBroken names file, row
    and column of each fault."""
    found, faults = Found(LAYOUT), Faults()
    names = {_stem(name): name for name in packed.names}
    tables = dict[str, _Table]()
    for stem in (_STAFF, _ASSIGNMENTS, _MAIL, *_FORGOTTEN):
        if stem in names:
            with faults.gathering(names[stem]):
                content = packed.read(names[stem])
                found.is_old_text |= is_old_text(content)
                tables[stem] = _Table(*read_csv(content, faults))
    for stem, sort in _FORGOTTEN.items():
        if stem in tables:
            found.forgotten[sort] += len(tables[stem].rows)
    faults.check()
    staff, beside, over = tables[_STAFF], dict[str, _Beside](), set[int]()
    for stem in (_ASSIGNMENTS, _MAIL):
        if stem in tables:
            with faults.gathering(names[stem]):
                beside[stem] = _beside(tables[stem], staff)
    if _ASSIGNMENTS in beside:
        with faults.gathering(names[_ASSIGNMENTS]):
            over = _over(beside[_ASSIGNMENTS].table, today, faults)
    with faults.gathering(names[_STAFF]):
        _read(staff, beside, found, over)
    faults.check()
    return found


def _beside(table: _Table, staff: _Table) -> _Beside:
    both = [key for key in _KEYS if table.columns(key) and staff.columns(key)]
    key = both[0] if both else _KEYS[0]
    own, rows = table.column(key), dict[str, list[Row]]()
    staff.column(key)
    for row in table.rows:
        rows.setdefault(read_id(row, own), []).append(row)
    return _Beside(table, key, rows)


def _over(table: _Table, today: date, faults: Faults) -> set[int]:
    """Rows of assignments that have ended."""
    if not table.columns("enddate"):
        return set()
    ends = read_dates(table.rows, table.column("enddate"), faults)
    return {number for number, day in ends.items() if day < today}


def _read(staff: _Table, beside: Mapping[str, _Beside], found: Found, over: set[int]) -> None:
    key = next((each for each in _KEYS if staff.columns(each)), _KEYS[0])
    own, first, last = (staff.column(each) for each in (key, "firstname", "lastsurname"))
    seen = set[str]()
    for row in staff.rows:
        id_ = read_id(row, own)
        if id_ and id_ in seen:
            row.wrong("import.id_twice", own)
        seen.add(id_)
        assigned = beside[_ASSIGNMENTS].of(staff, row) if _ASSIGNMENTS in beside else []
        now = [each for each in assigned if each.number not in over]
        if assigned and not now:
            found.left_out["gone"] += 1
            continue
        mail = beside[_MAIL].of(staff, row) if _MAIL in beside else []
        found.people.append(
            FoundPerson(
                row=row.number,
                name=read_name(row, first, last),
                email=_email(staff, [row]) or (_email(beside[_MAIL].table, mail) if mail else None),
                position=_position(beside[_ASSIGNMENTS].table, now) if now else None,
                place_ids=_places(beside[_ASSIGNMENTS].table, now) if now else (),
            )
        )


def _email(table: _Table, rows: Sequence[Row]) -> str | None:
    """The first address, whichever column it stands in."""
    for row in rows:
        for column in table.columns(_ADDRESS):
            if email := read_email(row, column):
                return email
    return None


def _places(table: _Table, rows: Sequence[Row]) -> tuple[str, ...]:
    own = table.column("educationorganizationid")
    return tuple(dict.fromkeys(read_id(row, own).lower() for row in rows))


def _position(table: _Table, rows: Sequence[Row]) -> Position | None:
    """Of a descriptor, `uri://ed-fi.org/StaffClassificationDescriptor#Principal`, its word."""
    for row in rows:
        said = table.cell(row, "staffclassificationdescriptor").rpartition("#")[2]
        if position := _POSITIONS.get(_plain(said)):
            return position
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def names_places(name: str) -> bool:
    """Whether a file of the zip is Ed-Fi's table of schools or of what they belong to."""
    return _stem(name) in _PLACES


def _stem(name: str) -> str:
    """`staffs.csv`, `edfi.Staff.csv` and `Staff.csv` are one; what is no CSV is none."""
    parts = name.lower().split(".")
    return _plain(parts[-2]).removesuffix("s") if parts[-1] == "csv" and len(parts) > 1 else ""
