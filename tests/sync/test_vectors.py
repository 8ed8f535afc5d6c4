"""Python's half of tests/vectors: the TypeScript client runs the same files."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from server.domain.identifiers import derived_id
from server.sync.canonical import canonical, digest, link
from server.sync.envelope import read_changes
from server.sync.registers import empty_state, is_deleted, merge, winner
from tests.sync.make_vectors import FILES, FOLDER, text_of


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())["cases"]
    return found


@pytest.mark.parametrize("name", FILES)
def test_the_vectors_are_what_the_oracle_makes(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text() == text_of(name)


def test_a_value_has_one_spelling() -> None:
    for case in cases("canonical"):
        assert canonical(case["value"]).decode() == case["canonical"]
        assert digest(canonical(case["value"])) == case["sha256"]


def test_a_change_has_one_hash() -> None:
    for case in cases("hash"):
        assert digest(canonical(case["change"])) == case["sha256"]
        assert read_changes([case["change"]])[0].sha256 == case["sha256"]


def test_the_chain_binds_ids_hashes_and_verdicts() -> None:
    for case in cases("chain"):
        chain = ""
        for each in case["links"]:
            chain = link(chain, each["id"], each["sha256"], each["verdict"])

            assert chain == each["chain"]


def merged(changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The state after the changes came in this order, each known as applied once it came."""
    state, applied = empty_state(), set()
    for change in changes:
        if change["id"] not in applied:
            merge(state, change, applied)
            applied.add(change["id"])
    return state


@pytest.mark.parametrize("case", cases("heads"), ids=lambda case: case["name"])
def test_the_order_of_arrival_cannot_matter(case: dict[str, Any]) -> None:
    dice = random.Random(case["name"])

    for _ in range(20):
        dice.shuffle(case["changes"])
        state = merged(case["changes"] + case["changes"][:2])
        fields = state["fields"]

        assert {name: [h["id"] for h in hs] for name, hs in fields.items()} == case["heads"]
        assert state["missing"] == case["missing"]
        assert {name: winner(hs)["id"] for name, hs in fields.items()} == case["winners"]  # type: ignore[index]
        assert is_deleted(fields) == case["deleted"]


def test_the_random_histories_hold_what_they_are_for() -> None:
    """A set of cases without conflicts, latecomers and deletes would prove nothing."""
    found = cases("heads")

    assert sum(any(len(ids) > 1 for ids in case["heads"].values()) for case in found) >= 20
    assert sum(bool(case["missing"]) for case in found) >= 10
    assert sum(case["deleted"] for case in found) >= 5


def test_the_greatest_depth_is_shown_first() -> None:
    for case in cases("winner"):
        assert winner(case["heads"])["id"] == case["winner"]  # type: ignore[index]


@pytest.mark.parametrize("case", cases("deleted"), ids=lambda case: case["name"])
def test_a_delete_wins_only_over_what_it_saw(case: dict[str, Any]) -> None:
    assert is_deleted(case["fields"]) == case["deleted"]


def unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [unpacked(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$repeat" in value:
        text, times = value["$repeat"]
        return text * times
    return {name: unpacked(each) for name, each in value.items()}


def test_what_is_no_change_is_told_from_what_is_one() -> None:
    for case in cases("envelope"):
        sent = read_changes([unpacked(case["change"])])[0]

        assert (sent.flaw[0] if sent.flaw else None) == case["flaw"], case["change"]


def test_two_devices_derive_the_same_id() -> None:
    for case in cases("identifiers"):
        assert derived_id(case["first"], case["second"]) == case["id"]
