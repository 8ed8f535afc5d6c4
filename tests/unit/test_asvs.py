"""docs/asvs.toml: each row of OWASP ASVS 5.0, levels 1 and 2, has a line that leads somewhere.

Ids and levels below are the standard's own numbers. A row is held by tests, by a document,
is not applicable for a reason, or is open; open rows are named here, so that none is opened
in passing.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROWS: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "docs/asvs.toml").read_text())

ASKED = {
    1: "1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 "
    "5.2.1-2 5.3.1-2 6.1.1 6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 "
    "9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 "
    "15.2.1 15.3.1",
    2: "1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 "
    "3.5.4-5 3.7.1-2 4.1.2-3 4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 "
    "6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2 "
    "8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5 10.6.1-2 10.7.1-3 "
    "11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 "
    "13.3.1-2 13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 "
    "16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2",
}
"""Rows of each level; `1.2.1-5` is V1.2.1 to V1.2.5."""

OPEN = {
    "V2.4.1",
    "V6.2.12",
    "V6.3.3",
    "V14.2.1",
    "V14.2.4",
    "V14.3.3",
}


def rows_of(level: int) -> set[str]:
    rows = set()
    for span in ASKED[level].split():
        section, first, last = re.fullmatch(r"(\d+\.\d+)\.(\d+)(?:-(\d+))?", span).groups()
        rows |= {f"V{section}.{n}" for n in range(int(first), int(last or first) + 1)}
    return rows


def listed(kind: str) -> list[Any]:
    return [
        pytest.param(value, id=f"{row} {value}")
        for row, line in ROWS.items()
        for value in line.get(kind, [])
    ]


def test_all_253_rows_stand_there_under_their_level():
    assert (len(rows_of(1)), len(rows_of(2))) == (70, 183)
    for level in (1, 2):
        assert {row for row, line in ROWS.items() if line["level"] == level} == rows_of(level)
    assert len(ROWS) == 253


def test_each_row_is_held_in_one_way_and_says_what_it_is_about():
    for row, line in ROWS.items():
        ways = {*line} - {"level", "about"}
        assert len(ways) == 1, row
        assert ways <= {"test", "document", "not_applicable", "open"}, row
        assert len(line["about"]) > 3, row
        assert all(line[way] for way in ways), row


def test_open_rows_are_the_known_ones(capsys):
    found = {row: line["open"] for row, line in ROWS.items() if "open" in line}

    assert {*found} == OPEN
    assert all(len(why) > 20 for why in found.values())
    with capsys.disabled():
        print(f"\nASVS 5.0: {len(found)} of {len(ROWS)} rows are open: {', '.join(found)}")


def test_the_roadmap_says_of_each_open_row_what_is_missing():
    roadmap = (ROOT / "docs/roadmap.md").read_text(encoding="utf-8")

    for row, line in ROWS.items():
        said = f"- **{row}**, {line['about']}: {line.get('open')}\n"
        assert (said in roadmap) == ("open" in line), row


@cache
def names_in(path: str) -> Counter[str]:
    """Names of a Python file's tests; titles of a TypeScript file's."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".py"):
        return Counter(
            node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
        )
    return Counter(re.findall(r'\btest\("([^"]+)"', text))


@pytest.mark.parametrize("named", listed("test"))
def test_a_row_names_a_test_that_exists(named):
    path, _, test = named.partition("::")

    assert (ROOT / path).is_file()
    assert names_in(path)[test] == 1


@pytest.mark.parametrize("named", listed("document"))
def test_a_row_names_a_document_that_exists_and_its_heading(named):
    path, _, anchor = named.partition("#")
    headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)

    anchors = {re.sub(r"[^\w\s-]", "", each).strip().lower().replace(" ", "-") for each in headings}
    assert not anchor or anchor in anchors
