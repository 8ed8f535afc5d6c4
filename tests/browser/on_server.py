"""What the server gives to a person, as plain values. Knows no screen."""

from __future__ import annotations

import time
from typing import Any

from tests.make import Somebody
from tests.sync.talk import pull

ARRIVES_WITHIN = 60


def rows(somebody: Somebody, kind: str, scope: str | None = None) -> list[Any]:
    """The records of a kind, as pull gives them, without what is deleted."""
    reply = pull(somebody, limit=1000)
    assert not reply["more"]
    return [
        row
        for row in reply["rows"]
        if row["kind"] == kind and row["scope"] == (scope or row["scope"]) and not row["deleted"]
    ]


def values(row: Any) -> dict[str, Any]:
    """One value a field, and the id. Only for records that nobody has changed at once."""
    given = {name: heads[0]["value"] for name, heads in row["fields"].items()}
    return given | {"id": row["id"]}


def wait_for_rows(somebody: Somebody, kind: str, count: int) -> list[dict[str, Any]]:
    """The values of so many records, asked for again until they have arrived."""
    until = time.monotonic() + ARRIVES_WITHIN
    while len(found := rows(somebody, kind)) < count and time.monotonic() < until:
        time.sleep(0.2)
    assert len(found) == count
    return [values(row) for row in found]


def wait_for_text(somebody: Somebody, kind: str, text: str) -> None:
    """The one record of its kind says this, asked for again until its last change has arrived."""
    until = time.monotonic() + ARRIVES_WITHIN
    while (found := texts_of(somebody, kind)) != [text] and time.monotonic() < until:
        time.sleep(0.2)
    assert found == [text]


def texts_of(somebody: Somebody, kind: str) -> list[str]:
    return [values(row)["text"] for row in rows(somebody, kind)]


def texts_by_classroom(author: Somebody) -> dict[str, list[str]]:
    """Classroom id to the texts of its notes, in their order. Each has one version alone."""
    notes = rows(author, "note")
    for note in notes:
        assert {len(note["fields"][name]) for name in ("text", "order", "classroom")} == {1}
    found: dict[str, list[str]] = {}
    for note in sorted(map(values, notes), key=lambda note: note["order"]):
        found.setdefault(note["classroom"], []).append(note["text"])
    return found
