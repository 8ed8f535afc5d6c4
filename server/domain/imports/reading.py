"""Any file that we take in: its layout is known by how it begins and by its heading."""

from __future__ import annotations

from datetime import date

from server.domain.csv_files import is_old_text, read_csv, unpack
from server.domain.directory import is_known, numbered_entries
from server.domain.faults import Faults
from server.domain.imports import case, edfi, edfi_staff, oneroster, packed, people
from server.domain.imports.found import Found, FoundPlace, NotRead, WhyNotRead
from server.errors import RuleBroken


def read_file(content: bytes, state: str | None = None, *, today: date = date.min) -> Found:
    """Everything the file tells. RuleBroken names row and column of what is wrong.

    state: two letters, where the file does not tell it or tells another one. today: whose role
    ended before it is left out.
    """
    at = state.upper() if state else None
    if content.startswith(packed.MARK):
        return _read_packed(packed.Packed(content), at, today)
    content = unpack(content)
    if case.is_json(content):
        return case.read_case(content)
    return _not_empty(
        edfi.read_edfi(content, at) if edfi.is_xml(content) else _read_table(content, at)
    )


def _read_packed(files: packed.Packed, state: str | None, today: date) -> Found:
    if edfi_staff.is_packed_staff(files):
        found = _not_empty(edfi_staff.read_packed_staff(files, today))
    else:
        found = oneroster.read_oneroster(files, state, today)
    found.not_read = [NotRead(name, _why_not_read(name, found)) for name in files.not_read]
    return found


def _why_not_read(name: str, found: Found) -> WhyNotRead:
    if not name.endswith(".csv"):
        return WhyNotRead.NO_TABLE
    is_edfi = found.layout == edfi_staff.LAYOUT
    return WhyNotRead.PLACES if is_edfi and edfi_staff.names_places(name) else WhyNotRead.NOT_NEEDED


def _not_empty(found: Found) -> Found:
    if not (found.places or found.people):
        raise RuleBroken("import.empty")
    return found


def _read_table(content: bytes, state: str | None) -> Found:
    faults = Faults()
    heading, rows = read_csv(content, faults)
    if edfi_staff.is_staff(heading):
        found = edfi_staff.read_staff(heading, rows, faults)
    elif people.is_people(heading) and not is_known(heading):
        found = people.read_people(heading, rows)
    else:
        found = Found("list")
        for number, entry in numbered_entries(heading, rows, state, faults):
            found.places.append(FoundPlace(number, entry))
    faults.check()
    found.is_old_text = is_old_text(content)
    return found
