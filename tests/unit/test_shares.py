"""How tests/run.py puts files into shares: every one once, however old the costs are."""

from __future__ import annotations

import json
import os

import pytest

from tests.run import COSTS, ROOT, Share, shares, shares_of


def files_there_are() -> list[str]:
    """By name, as pytest finds them."""
    walked = os.walk(ROOT / "tests")
    return sorted(
        os.path.relpath(os.path.join(folder, name), ROOT)
        for folder, _, names in walked
        for name in names
        if name.startswith("test_") and name.endswith(".py")
    )


def files_in(made: list[Share]) -> list[str]:
    return sorted(file for share in made for file in share.files)


@pytest.mark.parametrize("costs", [json.loads(COSTS.read_text()), {}], ids=["known", "none known"])
def test_every_file_of_tests_is_in_one_share(costs: dict[str, float]) -> None:
    made = shares(costs)

    assert files_in(made) == files_there_are()
    assert len({share.name for share in made}) == len(made)


def test_no_share_has_much_more_to_do_than_another() -> None:
    costs = {f"test_{number}.py": 2.0 * number for number in range(40)}

    made = shares_of("browser", [*costs], costs)

    assert len(made) == 4
    assert max(share.cost for share in made) - min(share.cost for share in made) <= 4
