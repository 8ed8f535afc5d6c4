"""Ed-Fi's organisations, as its bulk files carry them (XML, InterchangeEducationOrganization).

A place's row is the line on which its element begins, its column the element that is wrong.
A document that declares a type of its own is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.parsers import expat

from schemas.directory import DirectoryKind
from server.domain.csv_files import Row
from server.domain.directory import Entry, entry_id
from server.domain.faults import Faults
from server.domain.imports.found import Found, FoundPlace
from server.domain.imports.ids import read_id
from server.domain.imports.names import read_name
from server.errors import RuleBroken

LAYOUT = "ed_fi"
MAX_DEPTH = 32
_FORGOTTEN = {"Student": "students", "Parent": "families", "Contact": "families"}
_PLACES = frozenset({"LocalEducationAgency", "School"})
_STATE = "Address/StateAbbreviation"
_DISTRICT = "LocalEducationAgencyReference"
_DISTRICT_ID = f"{_DISTRICT}/LocalEducationAgencyIdentity/LocalEducationAgencyId"


@dataclass
class _Element:
    """One element below the root: its own id, and the first text of each path that is read."""

    name: str
    line: int
    key: str | None
    cells: dict[str, str] = field(default_factory=dict)

    def row(self, faults: Faults) -> Row:
        return Row(self.line, self.cells, faults)


class _Reader:
    """Hears the parser. Only elements of places have their text kept."""

    def __init__(self) -> None:
        self.places: list[_Element] = []
        self.found = Found(LAYOUT)
        self.path: list[str] = []
        self.current: _Element | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def refuse(self, *_: object) -> None:
        raise RuleBroken("import.xml_doctype", row=self.parser.CurrentLineNumber)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.path.append(name)
        if len(self.path) > MAX_DEPTH:
            raise RuleBroken("import.xml_deep", row=self.parser.CurrentLineNumber)
        if len(self.path) == 2:
            self.open(name, attributes)
        elif self.current and "ref" in attributes:
            self.current.cells.setdefault(f"{'/'.join(self.path[2:])}@ref", attributes["ref"])

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name in _PLACES:
            self.current = _Element(name, self.parser.CurrentLineNumber, attributes.get("id"))
            self.places.append(self.current)
        elif name in _FORGOTTEN:
            self.found.forgotten[_FORGOTTEN[name]] += 1
        else:
            self.found.left_out["other"] += 1

    def text(self, text: str) -> None:
        if self.current and text.strip():
            self.current.cells.setdefault("/".join(self.path[2:]), text.strip())

    def end(self, name: str) -> None:
        self.path.pop()
        if len(self.path) == 1:
            self.current = None


def is_xml(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_edfi(content: bytes, state: str | None) -> Found:
    """Districts and schools of an Ed-Fi file. RuleBroken names each line and element."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RuleBroken("import.xml", row=error.lineno) from error
    except (ValueError, LookupError) as error:
        raise RuleBroken("import.encoding", row=1) from error
    _read_places(reader, state)
    return reader.found


def _read_places(reader: _Reader, state: str | None) -> None:
    keys = {each.key: each for each in reader.places if each.key}
    faults, rows = Faults(), dict[str, int]()
    for each in reader.places:
        before = faults.count
        entry = _entry(each, keys, state, faults)
        if faults.count > before:
            continue
        if entry.id in rows:
            each.row(faults).wrong("import.id_twice", _own_id(each))
        rows[entry.id] = each.line
        reader.found.places.append(FoundPlace(each.line, entry))
    faults.check()


def _own_id(each: _Element) -> str:
    return "LocalEducationAgencyId" if each.name == "LocalEducationAgency" else "SchoolId"


def _entry(each: _Element, keys: dict[str, _Element], state: str | None, faults: Faults) -> Entry:
    row = each.row(faults)
    at = state or _need(row, _STATE).rpartition("#")[2].upper()[:8]
    name = read_name(row, "NameOfInstitution") if _need(row, "NameOfInstitution") else ""
    own = _id(row, _own_id(each))
    if each.name == "LocalEducationAgency":
        return Entry(entry_id(at, own), DirectoryKind.DISTRICT, at, name=name)
    district = keys.get(each.cells.get(f"{_DISTRICT}@ref", ""))
    of = district.cells.get(_own_id(district), "") if district else _id(row, _DISTRICT_ID)
    whole = f"{entry_id(at, of)}/{own.lower()}"
    return Entry(whole, DirectoryKind.SCHOOL, at, entry_id(at, of), name)


def _need(row: Row, path: str) -> str:
    return row.cells.get(path) or row.wrong("import.cell_empty", path.rpartition("/")[2])


def _id(row: Row, path: str) -> str:
    """A wrong id is named by its element, whatever that lies in."""
    own = _need(row, path)
    name = path.rpartition("/")[2]
    return read_id(replace(row, cells={name: own}), name) if own else ""
