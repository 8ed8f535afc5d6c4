"""What every style sheet of the app keeps to, whoever writes the next one."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "pwa" / "src"
CONDITION = re.compile(r"@media[^{]*")


def test_a_screen_changes_its_shape_by_how_much_type_fits_not_by_pixels() -> None:
    """With the browser's type at 200 % a tablet has room for what a phone shows."""
    sheets = {path: path.read_text() for path in SOURCES.rglob("*.css")}
    conditions = [
        (path.name, found.strip())
        for path, text in sheets.items()
        for found in CONDITION.findall(text)
    ]

    assert any("em" in condition for _, condition in conditions)
    assert [each for each in conditions if re.search(r"\dpx", each[1])] == []
