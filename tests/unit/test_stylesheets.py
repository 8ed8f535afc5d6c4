"""Style sheets come with their screens and stay: what one says must not reach another's."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "pwa" / "src"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{}]+)\{")
BARE = re.compile(r"\.([\w-]+)(?=$|[\s:>])")
"""A class at the head of a selector, with nothing that narrows it to one screen."""


def classes_begun_in(sheet: Path) -> set[str]:
    text = COMMENT.sub("", sheet.read_text())
    each = (one.strip() for group in SELECTORS.findall(text) for one in group.split(","))
    return {found.group(1) for found in map(BARE.match, each) if found}


def test_no_class_is_styled_by_the_sheets_of_two_features() -> None:
    shared = {name for sheet in SOURCE.glob("styles/*.css") for name in classes_begun_in(sheet)}
    features: dict[str, set[str]] = defaultdict(set)
    for sheet in SOURCE.glob("screens/**/*.css"):
        for name in classes_begun_in(sheet) - shared:
            features[name].add(sheet.relative_to(SOURCE / "screens").parts[0])

    assert len(features) > 100
    assert {name: found for name, found in features.items() if len(found) > 1} == {}
