"""A framework as CASE carries it (1EdTech, 1.0 and 1.1): one CFPackage as JSON.

Its items become standards, in the order of the tree; an item that asks something is a focus
question. Only `isChildOf` is read of how items belong together. What is wrong is named by the
item's number in the file and the field. Definitions, rubrics and links to other frameworks are
left where they lie.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.base import is_safe_text
from server.domain.faults import Faults
from server.domain.imports.found import Found, FoundFramework, FoundStandard
from server.domain.imports.names import is_garbled, is_unseen
from server.errors import RuleBroken

LAYOUT = "case"
MOST_ITEMS = 10_000
MOST_STATEMENT = 4_000
MOST_CODE = 60
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}\Z")
_ASKS = re.compile(r"\?[\s\"'”»)]*\Z")
_QUESTION_TYPES = frozenset({"focus question", "question", "pregunta de enfoque", "pregunta"})
_LAST = 1e18

Item = Mapping[str, Any]


def is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def read_case(content: bytes) -> Found:
    """The framework and its items. RuleBroken names item and field."""
    package = _package(content)
    document, items = package["CFDocument"], package["CFItems"]
    if not items:
        raise RuleBroken("import.empty")
    if len(items) > MOST_ITEMS:
        raise RuleBroken("import.case_too_many", count=len(items), most=MOST_ITEMS)
    faults = Faults()
    with faults.gathering():
        framework = _framework(document)
    standards = _standards(items, faults)
    parents = _parents(package.get("CFAssociations"), standards, faults)
    faults.check()
    found = Found(LAYOUT, framework=framework)
    found.standards = _in_order(standards, parents, faults)
    faults.check()
    return found


def _package(content: bytes) -> dict[str, Any]:
    try:
        package = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise RuleBroken("import.encoding", row=row) from error
    except json.JSONDecodeError as error:
        raise RuleBroken("import.json", row=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise RuleBroken("import.json", row=1) from error
    wanted = {"CFDocument": dict, "CFItems": list}
    for name, sort in wanted.items():
        if not isinstance(package, dict) or not isinstance(package.get(name), sort):
            raise RuleBroken("import.no_case", name=name)
    return dict(package)


def _framework(document: Item) -> FoundFramework:
    own = document.get("identifier")
    if not (isinstance(own, str) and _ID.match(own)):
        raise RuleBroken("import.case_document", column="identifier")
    title = _line(document.get("title"))
    if not title or len(title) > 200 or is_garbled(title) or is_unseen(title):
        raise RuleBroken("import.case_document", column="title")
    return FoundFramework(own.lower(), title, _line(document.get("creator"))[:200])


def _standards(items: Sequence[Any], faults: Faults) -> dict[str, FoundStandard]:
    """Each item by its id. A fault is found in every field of an item, not in the first alone."""
    standards: dict[str, FoundStandard] = {}
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            faults.add(RuleBroken("import.item", item=number))
            continue
        own = code = text = ""
        with faults.gathering():
            own = _own_id(item, number, standards)
        with faults.gathering():
            text = _statement(item, number)
        with faults.gathering():
            code = _code(item, number)
        if own:
            standards[own] = FoundStandard(number, own, code, text, _asks(item, text))
    return standards


def _own_id(item: Item, number: int, known: Mapping[str, FoundStandard]) -> str:
    own = item.get("identifier")
    if not (isinstance(own, str) and _ID.match(own)):
        raise RuleBroken("import.item_id", item=number, column="identifier")
    if own.lower() in known:
        first = known[own.lower()].row
        raise RuleBroken("import.item_twice", item=number, column="identifier", first=first)
    return own.lower()


def _statement(item: Item, number: int) -> str:
    where: dict[str, Any] = {"item": number, "column": "fullStatement"}
    text = _line(item.get("fullStatement"))
    if not text:
        raise RuleBroken("import.item_empty", **where)
    if len(text) > MOST_STATEMENT or is_unseen(text):
        raise RuleBroken("import.item_text", most=MOST_STATEMENT, **where)
    if is_garbled(text):
        raise RuleBroken("import.item_garbled", **where)
    return text


def _code(item: Item, number: int) -> str:
    code = _line(item.get("humanCodingScheme"))
    if len(code) > MOST_CODE or is_unseen(code):
        raise RuleBroken("import.item_code", item=number, column="humanCodingScheme")
    return code


def _line(value: Any) -> str:
    """One line of text; what cannot be kept is as if it were not there."""
    return " ".join(value.split()) if isinstance(value, str) and is_safe_text(value) else ""


def _asks(item: Item, text: str) -> bool:
    sort = _line(item.get("CFItemType")).casefold()
    return sort in _QUESTION_TYPES or bool(_ASKS.search(text))


def _parents(
    links: Any, standards: Mapping[str, FoundStandard], faults: Faults
) -> dict[str, tuple[float, str]]:
    """What each item lies in, and its place there. Of several the first is meant."""
    parents: dict[str, tuple[float, str]] = {}
    for number, link in enumerate(links if isinstance(links, list) else (), start=1):
        if not isinstance(link, dict) or link.get("associationType") != "isChildOf":
            continue
        origin, at = (_end(link, name) for name in ("originNodeURI", "destinationNodeURI"))
        if not (origin and at):
            faults.add(RuleBroken("import.association", item=number))
        elif origin in standards and origin not in parents:
            place = link.get("sequenceNumber")
            if not isinstance(place, int | float) or not abs(place) < _LAST:
                place = _LAST
            parents[origin] = (float(place), at)
    return parents


def _end(link: Item, name: str) -> str:
    end = link.get(name)
    own = end.get("identifier") if isinstance(end, dict) else None
    return own.lower() if isinstance(own, str) else ""


def _in_order(
    standards: Mapping[str, FoundStandard], parents: Mapping[str, tuple[float, str]], faults: Faults
) -> list[FoundStandard]:
    """The items as the tree has them, each told of its top. Items in a circle are refused."""
    below: dict[str, list[str]] = {}
    for own in standards:
        at = parents.get(own, (_LAST, ""))[1]
        below.setdefault(at if at in standards else "", []).append(own)
    for found in below.values():
        found.sort(key=lambda own: (parents.get(own, (_LAST, ""))[0], standards[own].row))
    ordered = [*_walk(standards, below)]
    seen = {each.id for each in ordered}
    for own, each in standards.items():
        if own not in seen:
            faults.add(RuleBroken("import.item_circle", item=each.row, column="CFAssociations"))
    return ordered


def _walk(
    standards: Mapping[str, FoundStandard], below: Mapping[str, Sequence[str]]
) -> Iterator[FoundStandard]:
    """Depth first without recursion: a tree may be as deep as its file is long."""
    tops = {*_tops(below)}
    waiting: list[tuple[str, str | None]] = [(own, None) for own in reversed(below.get("", ()))]
    while waiting:
        own, top = waiting.pop()
        top = own if own in tops else top
        yield standards[own].under(top)
        waiting.extend((each, top) for each in reversed(below.get(own, ())))


def _tops(below: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The parts that a lead chooses among: the first level that has more than one item."""
    level = below.get("", ())
    while len(level) == 1 and below.get(level[0]):
        level = below[level[0]]
    return level
