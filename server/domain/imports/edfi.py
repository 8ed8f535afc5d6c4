"""Ed-Fi's organisations, as its bulk files carry them (XML, InterchangeEducationOrganization).

A place's row is the line on which its element begins, its column the element that is wrong.
A document that declares a type of its own is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from schemas.directory import DirectoryKind
from server.domain.csv_files import Row
from server.domain.directory import Entry, entry_id
from server.domain.imports.found import Found, FoundPlace
from server.domain.imports.ids import read_id
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

    @property
    def row(self) -> Row:
        return Row(self.line, self.cells)


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
    """Districts and schools of an Ed-Fi file. RuleBroken names line and element."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RuleBroken("import.xml", row=error.lineno) from error
    except (ValueError, LookupError) as error:
        raise RuleBroken("import.encoding", row=1) from error
    keys = {each.key: each for each in reader.places if each.key}
    for each in reader.places:
        reader.found.places.append(FoundPlace(each.line, _entry(each, keys, state)))
    return reader.found


def _entry(each: _Element, keys: dict[str, _Element], state: str | None) -> Entry:
    at = state or _state_of(each)
    name = _need(each, "NameOfInstitution")
    if each.name == "LocalEducationAgency":
        own = _id(each, "LocalEducationAgencyId")
        return Entry(entry_id(at, own), DirectoryKind.DISTRICT, at, name=name)
    district = keys.get(each.cells.get(f"{_DISTRICT}@ref", ""))
    of = _id(district, "LocalEducationAgencyId") if district else _id(each, _DISTRICT_ID)
    own = f"{entry_id(at, of)}/{_id(each, 'SchoolId').lower()}"
    return Entry(own, DirectoryKind.SCHOOL, at, entry_id(at, of), name)


def _state_of(each: _Element) -> str:
    return _need(each, _STATE).rpartition("#")[2].upper()[:8]


def _need(each: _Element, path: str) -> str:
    if path not in each.cells:
        column = path.rpartition("/")[2]
        raise RuleBroken("import.cell_empty", row=each.line, column=column)
    return each.cells[path]


def _id(each: _Element, path: str) -> str:
    _need(each, path)
    return read_id(each.row, path)
