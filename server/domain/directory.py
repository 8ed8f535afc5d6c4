"""The directory: districts and schools as states and the federal CCD publish them.

A file's layout is known by its heading. Each layout says how one row becomes one entry;
ids stay text, so leading zeros stay, and names may repeat as often as they like.

An entry's id is made of the state and the state's own ids, so that a state's list, its
crosswalk and the federal list of the same state meet in one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from schemas.directory import DirectoryKind
from server.domain.csv_files import Row
from server.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Entry:
    """A district or a school. None says that the file does not tell; it never blanks."""

    id: str
    kind: DirectoryKind
    state: str
    district_id: str | None = None
    name: str | None = None
    nces_id: str | None = None
    charter: bool | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A published form of list. `state` is None where each row tells its own."""

    name: str
    columns: frozenset[str]
    state: str | None
    read: Callable[[Row, str], Entry]


def layout_of(heading: Sequence[str]) -> Layout:
    """The layout whose columns all stand in the heading; else the nearest one's lack."""
    found = set(heading)
    for layout in LAYOUTS:
        if layout.columns <= found:
            return layout
    nearest = max(LAYOUTS, key=lambda layout: len(layout.columns & found))
    missing = sorted(nearest.columns - found)
    raise RuleBroken("import.heading", row=1, column=missing[0], layout=nearest.name)


def entries_of(heading: Sequence[str], rows: Sequence[Row], state: str | None) -> list[Entry]:
    """Every row as an entry. `state` overrides the layout's; a repeated id is refused."""
    layout = layout_of(heading)
    at = state or layout.state or ""
    entries: dict[str, Entry] = {}
    for row in rows:
        entry = layout.read(row, at)
        if entry.id in entries:
            raise RuleBroken("import.id_twice", row=row.number, column=_id_column(layout, entry))
        entries[entry.id] = entry
    if not entries:
        raise RuleBroken("import.empty")
    return list(entries.values())


def united(old: Entry, new: Entry) -> Entry:
    """The new entry, with what only the old one knew."""
    return replace(
        new,
        district_id=new.district_id or old.district_id,
        name=new.name or old.name,
        nces_id=new.nces_id or old.nces_id,
        charter=old.charter if new.charter is None else new.charter,
    )


def _entry_id(*parts: str) -> str:
    return "/".join(parts).lower()


def _id_column(layout: Layout, entry: Entry) -> str:
    ids = {"district": ("district_id", "STID"), "school": ("campus_id", "school_id", "SEASCH")}
    return next(column for column in ids[entry.kind] if column in layout.columns)


def _word(row: Row, column: str, words: dict[str, bool]) -> bool:
    cell = row.need(column)
    if cell not in words:
        raise RuleBroken("import.cell_word", row=row.number, column=column)
    return words[cell]


_TRUTH = {"TRUE": True, "FALSE": False}


def _colorado(row: Row, state: str) -> Entry:
    district = _entry_id(state, row.need("district_id"))
    if _word(row, "is_district", _TRUTH):
        name = row.need("district_name")
        return Entry(district, DirectoryKind.DISTRICT, state, name=name)
    return Entry(
        f"{district}/{row.need('campus_id').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        name=row.need("campus_name"),
        charter=_word(row, "is_charter", _TRUTH),
    )


def _tennessee(row: Row, state: str) -> Entry:
    district = _entry_id(state, row.need("district_id"))
    if _word(row, "type", {"District": True, "Campus": False}):
        name = row.need("district_name")
        return Entry(district, DirectoryKind.DISTRICT, state, name=name)
    campus, name = row.need("campus_id").lower(), row.need("campus_name")
    return Entry(f"{district}/{campus}", DirectoryKind.SCHOOL, state, district, name)


def _new_jersey(row: Row, state: str) -> Entry:
    county = row.need("county_id")
    district = _entry_id(state, f"{county}-{row.need('district_id')}")
    if _word(row, "entity_level", {"District": True, "School": False}):
        nces_id = row.need("nces_dist")
        return Entry(district, DirectoryKind.DISTRICT, state, nces_id=nces_id)
    return Entry(
        f"{district}/{row.need('school_id').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        nces_id=row.need("nces_sch"),
    )


def _ccd_district(row: Row, state: str) -> Entry:
    state = state or row.need("LSTATE")
    district = _entry_id(state, row.need("STID"))
    name, nces_id = row.need("NAME"), row.need("LEAID")
    return Entry(district, DirectoryKind.DISTRICT, state, name=name, nces_id=nces_id)


def _ccd_school(row: Row, state: str) -> Entry:
    state = state or row.need("LSTATE")
    district = _entry_id(state, row.need("STID"))
    return Entry(
        f"{district}/{row.need('SEASCH').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        name=row.need("SCHNAM"),
        nces_id=row.need("NCESSCH"),
        charter=row.cells["CHARTR"] == "1",
    )


def _columns(names: str) -> frozenset[str]:
    return frozenset(names.split())


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        "colorado",
        _columns("district_id district_name campus_id campus_name is_district is_charter"),
        "CO",
        _colorado,
    ),
    Layout(
        "tennessee",
        _columns("type district_id campus_id district_name campus_name"),
        "TN",
        _tennessee,
    ),
    Layout(
        "new_jersey_ids",
        _columns("entity_level county_id district_id school_id nces_dist nces_sch"),
        "NJ",
        _new_jersey,
    ),
    Layout(
        "ccd_schools",
        _columns("NCESSCH LEAID STID SEASCH SCHNAM LSTATE CHARTR"),
        None,
        _ccd_school,
    ),
    Layout("ccd_districts", _columns("LEAID STID NAME LSTATE"), None, _ccd_district),
)
"""Every layout. A file of schools also has a district's columns, so it stands first."""
