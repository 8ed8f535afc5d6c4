"""A list of people to invite: a name a row, and what they are, in English or Spanish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.base import is_safe_text
from schemas.vocabulary import NetworkRole, Position
from server.domain.csv_files import Row
from server.domain.faults import Faults
from server.domain.imports.found import Found, FoundPerson
from server.domain.imports.ids import plain_id
from server.errors import RuleBroken

LAYOUT = "people"
MAX_NAME = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\Z")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees: controls, line ends, and those that turn a line around."""
_COLUMNS = {
    "name": ("name", "nombre"),
    "first": ("first name", "nombre de pila"),
    "last": ("last name", "apellidos", "apellido"),
    "email": ("email", "e-mail", "correo", "correo electrónico"),
    "role": ("role", "roles", "rol", "función"),
    "position": ("position", "cargo", "puesto"),
    "school": ("school", "escuela"),
    "district": ("district", "distrito"),
    "school_id": ("school id", "school_id", "clave de la escuela"),
}
_ROLES = {
    "member": NetworkRole.MEMBER,
    "miembro": NetworkRole.MEMBER,
    "lead": NetworkRole.LEAD,
    "líder": NetworkRole.LEAD,
    "analyst": NetworkRole.ANALYST,
    "analista": NetworkRole.ANALYST,
    "admin": NetworkRole.ADMIN,
}


def is_people(heading: Sequence[str]) -> bool:
    """Whether a heading is that of a list of people: a name, and no place's codes."""
    columns = _columns_of(heading)
    return "name" in columns or {"first", "last"} <= columns.keys()


def read_people(heading: Sequence[str], rows: Sequence[Row]) -> Found:
    """Every row as somebody to invite."""
    columns = _columns_of(heading)
    found = Found(LAYOUT)
    seen: set[str] = set()
    faults = Faults()
    for row in rows:
        with faults.gathering():
            person = _person(row, columns)
            if person.email and person.email in seen:
                raise RuleBroken("import.id_twice", row=row.number, column=columns["email"])
            seen.add(person.email or "")
            found.people.append(person)
    faults.check()
    if not found.people:
        raise RuleBroken("import.empty")
    return found


def read_name(row: Row, *columns: str) -> str:
    """One line of text out of these cells."""
    name = " ".join(row.need(column) for column in columns)
    check_name(name, row.number, columns[0])
    return name


def check_name(name: str, row: int, column: str) -> None:
    """RuleBroken where it cannot be kept as a name, or its accents were lost."""
    if not is_safe_text(name) or len(name) > MAX_NAME or is_unseen(name):
        raise RuleBroken("import.cell_name", row=row, column=column)
    if is_garbled(name):
        raise RuleBroken("import.cell_garbled", row=row, column=column)


def read_email(row: Row, column: str) -> str | None:
    """An address in lower case, or None where the cell is empty."""
    text = row.cells[column].strip().lower()
    if text and not (_EMAIL.match(text) and is_safe_text(text)):
        raise RuleBroken("import.cell_email", row=row.number, column=column)
    return text or None


def is_unseen(text: str) -> bool:
    """Whether it holds a sign that nobody sees."""
    return _UNSEEN.search(text) is not None


def is_garbled(text: str) -> bool:
    """Whether accents were lost before: `PeÃ±a` is UTF-8 that somebody read as Windows-1252."""
    if text.isascii():
        return False
    try:
        return "\ufffd" in text or bool(text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return False


def _columns_of(heading: Sequence[str]) -> dict[str, str]:
    """What each known column is called in this file."""
    lower = {column.strip().lower(): column for column in heading}
    return {
        meant: lower[name]
        for meant, names in _COLUMNS.items()
        for name in names[::-1]
        if name in lower
    }


def _person(row: Row, columns: dict[str, str]) -> FoundPerson:
    named = [columns["name"]] if "name" in columns else [columns["first"], columns["last"]]
    cell = {meant: row.cells[column].strip() for meant, column in columns.items()}
    place_id = plain_id(cell.get("school_id", ""))
    return FoundPerson(
        row=row.number,
        name=read_name(row, *named),
        email=read_email(row, columns["email"]) if "email" in columns else None,
        roles=_roles(row, columns),
        position=_position(row, columns),
        place_ids=(place_id.lower(),) if place_id else (),
        place_name=cell.get("school") or cell.get("district") or None,
    )


def _roles(row: Row, columns: dict[str, str]) -> tuple[NetworkRole, ...]:
    text = row.cells[columns["role"]].strip().lower() if "role" in columns else ""
    words = [word for word in re.split(r"[\s;,/]+", text) if word]
    if not all(word in _ROLES for word in words):
        raise RuleBroken("import.cell_word", row=row.number, column=columns["role"])
    return tuple(dict.fromkeys(_ROLES[word] for word in words)) or (NetworkRole.MEMBER,)


def _position(row: Row, columns: dict[str, str]) -> str | None:
    text = row.cells[columns["position"]].strip().lower() if "position" in columns else ""
    word = re.sub(r"\W+", "_", text)
    if text and word not in [*Position]:
        raise RuleBroken("import.cell_word", row=row.number, column=columns["position"])
    return word or None
