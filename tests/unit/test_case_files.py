"""Frameworks as CASE carries them: read whole in the order of their tree, or refused by item."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.imports.reading import read_file
from server.errors import FileRefused, RuleBroken

SCHOOLS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "schools"
DOCUMENT = {"identifier": "aaaa", "title": "What we look for", "creator": "Sample Valley"}


def an_item(own: str, text: str = "Students explain.", **more: Any) -> dict[str, Any]:
    return {"identifier": own, "fullStatement": text, **more}


def below(child: str, parent: str, place: float | None = None) -> dict[str, Any]:
    ends = {"originNodeURI": {"identifier": child}, "destinationNodeURI": {"identifier": parent}}
    return {"associationType": "isChildOf", "sequenceNumber": place, **ends}


def a_framework(*items: Any, links: Any = (), **document: Any) -> bytes:
    package = {"CFDocument": DOCUMENT | document, "CFItems": items, "CFAssociations": links}
    return json.dumps(package).encode()


def refused(content: bytes) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        read_file(content)
    return broken.value


def faults(content: bytes) -> list[tuple[str, Any]]:
    broken = refused(content)
    all_of_them = broken.faults if isinstance(broken, FileRefused) else [broken]
    return [(each.code, each.details.get("item")) for each in all_of_them]


@pytest.mark.parametrize(
    ("name", "title", "count", "parts"),
    [
        ("opensalt_case_framework.json", "What Standards Could Be", 16, 2),
        ("opensalt_utf8_framework.json", "UTF8 \U0001d451 Test", 1, 1),
    ],
)
def test_real_frameworks_are_read_whole(name, title, count, parts):
    if not (SCHOOLS / name).exists():
        pytest.skip("skipped: no real data")

    found = read_file((SCHOOLS / name).read_bytes())

    assert found.framework
    assert found.framework.title == title
    assert (len(found.standards), len({each.top for each in found.standards})) == (count, parts)


def test_items_come_in_the_order_of_the_tree_and_know_their_part():
    items = [an_item(own) for own in ("root", "b", "a", "b1", "a2", "a1")]
    links = [
        *(below("a", "root", 1), below("b", "root", 2), below("b1", "b")),
        *(below("a1", "a", 1), below("a2", "a", 2), below("root", "aaaa")),
    ]

    found = read_file(a_framework(*items, links=links)).standards

    assert [each.id for each in found] == ["root", "a", "a1", "a2", "b", "b1"]
    assert [each.top for each in found] == [None, "a", "a", "a", "b", "b"]


@pytest.mark.parametrize(
    ("item", "asks"),
    [
        (an_item("a", "Who does the thinking?"), True),
        (an_item("a", "¿Quién piensa?”"), True),
        (an_item("a", "Look at the task", CFItemType="Focus Question"), True),
        (an_item("a", "Ask “why?” of a text", CFItemType="Standard"), False),
    ],
)
def test_what_asks_is_a_focus_question(item, asks):
    [found] = read_file(a_framework(item)).standards

    assert found.asks is asks


def test_every_fault_of_every_item_is_found():
    wrong = a_framework(
        an_item("a", ""),
        an_item("a", "PeÃ±a", humanCodingScheme="x" * 61),
        "not an item",
        an_item("no id!"),
        links=[{"associationType": "isChildOf"}],
    )

    assert faults(wrong) == [
        ("import.item_empty", 1),
        ("import.item_twice", 2),
        ("import.item_garbled", 2),
        ("import.item_code", 2),
        ("import.item", 3),
        ("import.item_id", 4),
        ("import.association", 1),
    ]


def test_of_very_many_faults_fifty_are_said_and_the_others_counted():
    broken = refused(a_framework(*(an_item(f"i{n}", "") for n in range(73))))

    assert isinstance(broken, FileRefused)
    assert (len(broken.faults), broken.more) == (50, 23)


def test_items_within_themselves_are_refused_and_the_others_are_not_blamed():
    items = [an_item(own) for own in ("a", "b", "c", "d")]
    links = [below("b", "c"), below("c", "b"), below("d", "d")]

    wrong = faults(a_framework(*items, links=links))

    assert wrong == [("import.item_circle", number) for number in (2, 3, 4)]


def test_a_tree_as_deep_as_its_file_is_long_is_read():
    items = [an_item(f"i{n}") for n in range(5_000)]
    links = [below(f"i{n}", f"i{n - 1}") for n in range(1, 5_000)]

    assert len(read_file(a_framework(*items, links=links)).standards) == 5_000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"CFDocument": {},\n oh no}', "import.json"),
        (b'{"a":' * 100_000, "import.json"),
        (b"[" * 100_000, "import.json"),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "import.json"),
        (b'{"CFDocument": "\xff"}', "import.encoding"),
        (b"[]", "import.no_case"),
        (b'{"CFDocument": {}}', "import.no_case"),
        (b'{"CFDocument": {}, "CFItems": {}}', "import.no_case"),
        (a_framework(), "import.empty"),
        (a_framework(*[1] * 10_001), "import.case_too_many"),
        (a_framework(an_item("a"), title=""), "import.case_document"),
        (a_framework(an_item("a"), identifier=7), "import.case_document"),
        (a_framework(an_item("a", "x" * 4_001)), "import.item_text"),
        (a_framework(an_item("a", "Ro\u202ebin")), "import.item_text"),
        (a_framework(an_item("a", "\ud800")), "import.item_empty"),
        (a_framework({"fullStatement": "No id"}), "import.item_id"),
    ],
)
def test_what_is_no_framework_or_hostile_is_refused_in_words(content, code):
    assert refused(content).code == code


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@given(
    st.lists(_JSON | st.fixed_dictionaries({"identifier": _JSON, "fullStatement": _JSON})),
    st.lists(_JSON | st.fixed_dictionaries({"associationType": st.just("isChildOf")})),
)
def test_whatever_stands_in_a_package_is_read_or_refused(items, links):
    try:
        found = read_file(a_framework(*items, links=links))
    except RuleBroken:
        return
    assert len(found.standards) == len(items)
