"""A list of people to invite: a name a row, and what they are, in English or Spanish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.vocabulary import NetworkRole, Position
from server.domain.csv_files import Row
from server.domain.imports.found import Found, FoundPerson
from server.domain.imports.ids import plain_id
from server.domain.imports.names import read_email, read_name

LAYOUT = "people"
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
    for row in rows:
        person = _person(row, columns)
        if person.email and person.email in seen:
            row.wrong("import.id_twice", columns["email"])
        seen.add(person.email or "")
        found.people.append(person)
    return found


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
        row.wrong("import.cell_word", columns["role"])
    return tuple(dict.fromkeys(_ROLES[word] for word in words if word in _ROLES)) or (
        NetworkRole.MEMBER,
    )


def _position(row: Row, columns: dict[str, str]) -> str | None:
    text = row.cells[columns["position"]].strip().lower() if "position" in columns else ""
    word = re.sub(r"\W+", "_", text)
    if text and word not in [*Position]:
        return row.wrong("import.cell_word", columns["position"])
    return word or None
