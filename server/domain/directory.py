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
from server.domain.csv_files import Row, check_columns
from server.domain.faults import Faults
from server.domain.imports.ids import read_id
from server.domain.imports.names import read_name
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
    nearest = max(LAYOUTS, key=lambda it: (len(it.columns & found), -len(it.columns - found)))
    lacks = sorted(nearest.columns - found)
    check_columns(heading, lacks if nearest.columns & found else lacks[:1], nearest.name)
    return nearest


def is_known(heading: Sequence[str]) -> bool:
    """Whether the heading is that of a published list."""
    return any(layout.columns <= {*heading} for layout in LAYOUTS)


def numbered_entries(
    heading: Sequence[str], rows: Sequence[Row], state: str | None, faults: Faults
) -> list[tuple[int, Entry]]:
    """Every row as an entry, with the number of its row. `state` overrides the layout's.

    faults: those of the rows; a repeated id is one.
    """
    layout = layout_of(heading)
    at = state or layout.state or ""
    entries: dict[str, tuple[int, Entry]] = {}
    for row in rows:
        before = faults.count
        with faults.gathering():
            entry = layout.read(row, at)
        if faults.count > before:
            continue
        if entry.id in entries:
            row.wrong("import.id_twice", _id_column(layout, entry))
        entries[entry.id] = row.number, entry
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


def entry_id(*parts: str) -> str:
    """State and codes as one id."""
    return "/".join(parts).lower()


def _id_column(layout: Layout, entry: Entry) -> str:
    ids = {
        "district": ("district_id", "STID", "ST_LEAID"),
        "school": ("campus_id", "school_id", "SEASCH", "ST_SCHID"),
    }
    return next(column for column in ids[entry.kind] if column in layout.columns)


def _word(row: Row, column: str, words: dict[str, bool]) -> bool:
    """Raises: a row that does not say what it is cannot be read on."""
    cell = row.cells[column].strip()
    if cell not in words:
        code = "import.cell_word" if cell else "import.cell_empty"
        raise RuleBroken(code, row=row.number, column=column)
    return words[cell]


_TRUTH = {"TRUE": True, "FALSE": False}


def _colorado(row: Row, state: str) -> Entry:
    district = entry_id(state, read_id(row, "district_id"))
    if _word(row, "is_district", _TRUTH):
        name = read_name(row, "district_name")
        return Entry(district, DirectoryKind.DISTRICT, state, name=name)
    return Entry(
        f"{district}/{read_id(row, 'campus_id').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        name=read_name(row, "campus_name"),
        charter=_word(row, "is_charter", _TRUTH),
    )


def _tennessee(row: Row, state: str) -> Entry:
    district = entry_id(state, read_id(row, "district_id"))
    if _word(row, "type", {"District": True, "Campus": False}):
        name = read_name(row, "district_name")
        return Entry(district, DirectoryKind.DISTRICT, state, name=name)
    campus, name = read_id(row, "campus_id").lower(), read_name(row, "campus_name")
    return Entry(f"{district}/{campus}", DirectoryKind.SCHOOL, state, district, name)


def _new_jersey(row: Row, state: str) -> Entry:
    county = read_id(row, "county_id")
    district = entry_id(state, f"{county}-{read_id(row, 'district_id')}")
    if _word(row, "entity_level", {"District": True, "School": False}):
        nces_id = read_id(row, "nces_dist", digits=7)
        return Entry(district, DirectoryKind.DISTRICT, state, nces_id=nces_id)
    return Entry(
        f"{district}/{read_id(row, 'school_id').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        nces_id=read_id(row, "nces_sch", digits=12),
    )


def _ccd_district(row: Row, state: str) -> Entry:
    state = state or row.need("LSTATE")
    district = entry_id(state, read_id(row, "STID"))
    name, nces_id = read_name(row, "NAME"), read_id(row, "LEAID", digits=7)
    return Entry(district, DirectoryKind.DISTRICT, state, name=name, nces_id=nces_id)


def _ccd_school(row: Row, state: str) -> Entry:
    state = state or row.need("LSTATE")
    district = entry_id(state, read_id(row, "STID"))
    return Entry(
        f"{district}/{read_id(row, 'SEASCH').lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=district,
        name=read_name(row, "SCHNAM"),
        nces_id=read_id(row, "NCESSCH", digits=12),
        charter=row.cells["CHARTR"] == "1",
    )


def _ccd_now_district(row: Row, state: str) -> Entry:
    state = state or row.need("ST")
    district = entry_id(state, _without_state(row, "ST_LEAID", state))
    name, nces_id = read_name(row, "LEA_NAME"), read_id(row, "LEAID", digits=7)
    return Entry(district, DirectoryKind.DISTRICT, state, name=name, nces_id=nces_id)


def _ccd_now_school(row: Row, state: str) -> Entry:
    """`ST_SCHID` is state, district and school: `TX-054901-054901101`."""
    state = state or row.need("ST")
    of = _without_state(row, "ST_LEAID", state)
    own = _without_state(row, "ST_SCHID", state).removeprefix(f"{of}-")
    charter = row.cells["CHARTER_TEXT"].strip()
    return Entry(
        f"{entry_id(state, of)}/{own.lower()}",
        DirectoryKind.SCHOOL,
        state,
        district_id=entry_id(state, of),
        name=read_name(row, "SCH_NAME"),
        nces_id=read_id(row, "NCESSCH", digits=12),
        charter={"Yes": True, "No": False}.get(charter),
    )


def _without_state(row: Row, column: str, state: str) -> str:
    return read_id(row, column).removeprefix(f"{state}-")


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
    Layout(
        "ccd_schools_now",
        _columns("NCESSCH LEAID ST_LEAID ST_SCHID SCH_NAME ST CHARTER_TEXT"),
        None,
        _ccd_now_school,
    ),
    Layout("ccd_districts_now", _columns("LEAID ST_LEAID LEA_NAME ST"), None, _ccd_now_district),
)
"""Every layout. A file of schools also has a district's columns, so it stands first."""
