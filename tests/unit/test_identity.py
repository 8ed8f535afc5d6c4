"""Names, rooms and clock times: the same findings as on the tablet."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from server.domain.identity import find_identities, replace_identities

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "identity.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"][:40])
def test_names_rooms_and_times_are_found_and_replaced_the_rest_verbatim(
    vector: dict[str, Any],
) -> None:
    found = find_identities(
        vector["text"],
        vector["language"],
        began_at=vector.get("beganAt"),
        minute=vector.get("minute"),
        not_persons=frozenset(vector.get("notPersons", [])),
    )

    assert [[finding.text, finding.sort] for finding in found] == vector["found"]
    assert replace_identities(vector["text"], found) == vector["replaced"]


def test_what_was_replaced_holds_nothing_to_replace() -> None:
    for vector in VECTORS:
        again = find_identities(vector["replaced"], vector["language"])
        kept = set(vector.get("notPersons", []))

        assert [finding for finding in again if finding.text.lower() not in kept] == []


@pytest.mark.parametrize("piece", ["Aa ", "9:1", "room ", "Mr. ", "A", "'", "\N{ARTIST PALETTE}"])
def test_64_kib_of_hostile_text_are_read_in_a_moment(piece: str) -> None:
    begun = time.perf_counter()

    find_identities(piece * (65_536 // len(piece)))

    assert time.perf_counter() - begun < 10
