"""OneRoster 1.1 and 1.2, as a zip of CSV files: organisations, and people who work for schools.

Of a person the columns in _PEOPLE are read and no other: no password, no telephone number.
Students and families are counted by their role, and their cells are left where they lie. In
1.1 a person has one role, in `users.csv`; in 1.2 roles stand in `roles.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from schemas.directory import DirectoryKind
from schemas.vocabulary import Position
from server.domain.csv_files import Row, check_columns, is_old_text, read_csv
from server.domain.directory import Entry, entry_id
from server.domain.faults import Faults
from server.domain.imports.dates import read_dates
from server.domain.imports.found import Found, FoundPerson, FoundPlace
from server.domain.imports.ids import plain_id, read_id
from server.domain.imports.names import read_email, read_name
from server.domain.imports.packed import Packed
from server.errors import RuleBroken

LAYOUT = "oneroster"
_VERSIONS = ("1.1", "1.2")
_ORGS = ("sourcedId", "name", "type", "identifier", "parentSourcedId")
_PEOPLE = ("sourcedId", "givenName", "familyName", "email")
_FAMILIES = frozenset({"guardian", "parent", "relative"})
_POSITIONS = {
    "teacher": None,
    "principal": Position.PRINCIPAL,
    "siteadministrator": None,
    "districtadministrator": Position.DISTRICT_LEADER,
    "administrator": None,
    "aide": None,
    "counselor": None,
}
"""Roles of people who work for schools, and what they are here, where that is plain."""


def read_oneroster(packed: Packed, state: str | None, today: date) -> Found:
    """Districts, schools and staff. RuleBroken names file, row and column of each fault."""
    _check_version(packed)
    if "orgs.csv" not in packed:
        raise RuleBroken("import.zip_lacks", name="orgs.csv")
    found, faults, ids = Found(LAYOUT), Faults(), dict[str, str]()
    with faults.gathering("orgs.csv"):
        orgs = _rows(packed, "orgs.csv", _ORGS, found, faults)
        ids = _read_orgs(orgs, found, (state or "").upper())
    if "users.csv" in packed:
        _read_people(packed, found, ids, today, faults)
    faults.check()
    return found


def _check_version(packed: Packed) -> None:
    if "manifest.csv" not in packed:
        raise RuleBroken("import.zip_lacks", name="manifest.csv")
    _, rows = read_csv(packed.read("manifest.csv"))
    said = {tuple(row.cells.values())[0]: tuple(row.cells.values())[-1].strip() for row in rows}
    if said.get("oneroster.version", "1.1") not in _VERSIONS:
        raise RuleBroken("import.oneroster_version")
    if said.get("file.orgs") == "delta" or said.get("file.users") == "delta":
        raise RuleBroken("import.oneroster_delta")


def _rows(
    packed: Packed, name: str, columns: Sequence[str], found: Found, faults: Faults
) -> list[Row]:
    content = packed.read(name)
    found.is_old_text |= is_old_text(content)
    heading, rows = read_csv(content, faults)
    check_columns(heading, columns, LAYOUT)
    return rows


def _is_gone(row: Row) -> bool:
    return row.cells.get("status", "").strip().lower() in {"tobedeleted", "inactive"}


def _is_off(row: Row) -> bool:
    return row.cells.get("enabledUser", "").strip().lower() == "false"


def _read_orgs(rows: Iterable[Row], found: Found, state: str) -> dict[str, str]:
    """Enter the places; the entry id of each org by its own id."""
    kept: dict[str, Row] = {}
    for row in rows:
        own, sort = read_id(row, "sourcedId"), row.need("type").lower()
        if _is_gone(row) or sort not in {"district", "local", "school"}:
            found.left_out["gone" if _is_gone(row) else "other"] += 1
        elif own in kept:
            row.wrong("import.id_twice", "sourcedId")
        elif own:
            kept[own] = row
    ids: dict[str, str] = {}
    for own in sorted(kept, key=lambda own: _is_school(kept[own])):
        ids[own] = _id_of(own, kept, ids, state)
    for own, row in kept.items():
        found.places.append(FoundPlace(row.number, _entry(own, row, ids, state)))
    return ids


def _is_school(row: Row) -> bool:
    return row.cells["type"].strip().lower() == "school"


def _id_of(own: str, kept: dict[str, Row], ids: dict[str, str], state: str) -> str:
    """A school's is its district's and its own. A district's is its own alone, whatever it lies
    in: no order of the rows may make another id of it."""
    row = kept[own]
    district = ids.get(plain_id(row.cells["parentSourcedId"].strip())) if _is_school(row) else None
    made = f"{district}/{own.lower()}" if district else entry_id(state or "roster", own)
    if len(made) > 64:
        row.wrong("import.cell_id", "sourcedId")
    return made


def _entry(own: str, row: Row, ids: dict[str, str], state: str) -> Entry:
    school = _is_school(row)
    kind = DirectoryKind.SCHOOL if school else DirectoryKind.DISTRICT
    code = plain_id(row.cells["identifier"].strip())
    length = 12 if school else 7
    nces = code if len(code) == length and code.isascii() and code.isdigit() else None
    district = ids.get(plain_id(row.cells["parentSourcedId"].strip())) if school else None
    return Entry(ids[own], kind, state, district, read_name(row, "name"), nces)


def _read_people(
    packed: Packed, found: Found, ids: dict[str, str], today: date, faults: Faults
) -> None:
    """Without its roles nobody can tell staff from students: then no person is read."""
    before = faults.count
    roles, ended = None, set[str]()
    with faults.gathering("roles.csv"):
        roles, ended = _roles_of(packed, found, today, faults)
    if roles is None and faults.count > before:
        return
    with faults.gathering("users.csv"):
        for row in _rows(packed, "users.csv", _PEOPLE, found, faults):
            own = row.cells["sourcedId"].strip()
            words = roles.get(own, []) if roles is not None else [row]
            sorts = {each.cells.get("role", "").strip().lower() for each in words}
            staff = sorts & _POSITIONS.keys()
            if not staff:
                _forget(found, sorts)
            elif _is_gone(row) or own in ended or _is_off(row):
                found.left_out["gone"] += 1
            else:
                person = _person(row, sorted(staff), words, ids)
                found.people.append(person)


def _forget(found: Found, sorts: set[str]) -> None:
    if "student" in sorts:
        found.forgotten["students"] += 1
    elif sorts & _FAMILIES:
        found.forgotten["families"] += 1
    else:
        found.left_out["other"] += 1


def _roles_of(
    packed: Packed, found: Found, today: date, faults: Faults
) -> tuple[dict[str, list[Row]] | None, set[str]]:
    """The role rows of each user by 1.2, and whose work for schools has ended by its dates.

    None where users.csv has the roles itself. Dates of students and families are not read.
    """
    if "roles.csv" not in packed:
        return None, set()
    by_user: dict[str, list[Row]] = {}
    columns = ("userSourcedId", "role", "orgSourcedId")
    rows = [row for row in _rows(packed, "roles.csv", columns, found, faults) if not _is_gone(row)]
    staff = [row for row in rows if row.cells["role"].strip().lower() in _POSITIONS]
    ends = read_dates(staff, "endDate", faults)
    over = {row.number for row in staff if ends.get(row.number, today) < today}
    at_work = {_user(row) for row in staff if row.number not in over}
    for row in rows:
        if row.number not in over or _user(row) not in at_work:
            by_user.setdefault(_user(row), []).append(row)
    return by_user, {_user(row) for row in staff} - at_work


def _user(row: Row) -> str:
    return row.cells["userSourcedId"].strip()


def _person(row: Row, staff: list[str], words: list[Row], ids: dict[str, str]) -> FoundPerson:
    orgs = [
        plain_id(org.strip())
        for each in words
        for column in ("orgSourcedIds", "orgSourcedId")
        for org in each.cells.get(column, "").split(",")
    ]
    known = tuple(dict.fromkeys(ids[org] for org in orgs if org in ids))
    positions = [_POSITIONS[word] for word in staff if _POSITIONS[word]]
    return FoundPerson(
        row=row.number,
        name=read_name(row, "givenName", "familyName"),
        email=read_email(row, "email"),
        position=positions[0] if positions else None,
        place_ids=known,
    )
