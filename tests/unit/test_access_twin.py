"""What a screen offers to write follows the one permission table, field by field."""

from __future__ import annotations

import re
from pathlib import Path

from server.domain.access import FIELD_WRITERS

TWIN = Path(__file__).parents[2] / "pwa" / "src" / "domain" / "access.ts"


def test_a_field_that_fewer_may_write_is_offered_to_no_more_of_them():
    _, _, table = TWIN.read_text(encoding="utf-8").partition("FIELD_WRITERS: ")
    listed = re.findall(r'^  "(\w+)\.(\w+)": (.+),$', table.partition("};")[0], re.MULTILINE)

    offered = {(kind, field) for kind, field, _ in listed}

    assert offered == set(FIELD_WRITERS)
    for kind, field, roles in listed:
        if named := re.findall(r'"(\w+)"', roles):
            assert set(named) == set(FIELD_WRITERS[(kind, field)]), (kind, field)
