"""The tester, tested: every planted bug is noticed from its listed seed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.hunt import caught_in, listed_histories, never_caught_unlisted
from tests.torture.planted import every_bug
from tests.torture.stage import Stage, a_stage

BUGS, HISTORIES = every_bug(), listed_histories()


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def test_every_planted_bug_has_a_seed_and_every_seed_a_bug() -> None:
    assert HISTORIES.keys() == BUGS.keys()
    assert len(BUGS) >= 20


def test_every_planted_bug_was_caught_from_a_seed_that_nobody_chose_too() -> None:
    assert never_caught_unlisted() == []


@pytest.mark.parametrize("name", sorted(BUGS))
def test_a_planted_bug_is_caught_from_its_seed(stage: Stage, name: str) -> None:
    assert caught_in(stage, BUGS[name], HISTORIES[name]) is not None
