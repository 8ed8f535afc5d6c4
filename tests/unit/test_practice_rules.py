"""Rules 4, 5 and 11 of the practice: the same on the server as on the tablet."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import Phase
from server.domain.board import standing_group
from server.domain.debriefs import (
    DebriefFacts,
    TeamFacts,
    counts_next_level,
    hindrance_to,
    may_enter,
    team_to_check,
)
from server.domain.improvement import (
    FIRST_ITEMS,
    CheckBackFacts,
    FirstFacts,
    ItemFacts,
    PlaceFacts,
    as_to_be_done,
    check_back_state,
    chosen_first,
    missing_from_item,
)
from server.domain.joins import end_of_joins
from server.domain.patterns import (
    PatternFacts,
    consensus_of,
    missing_of,
    says_its_subject,
    within_a_sentence,
)

VECTORS = Path(__file__).parents[1] / "vectors"


def vectors(name: str, which: str) -> list[Any]:
    found = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(each, id=each["about"]) for each in found if which in each]


def debrief_facts(given: dict[str, Any]) -> DebriefFacts:
    teams = given["teams"]
    told = None if teams is None else [TeamFacts(**team) for team in teams]
    return DebriefFacts(**{**given, "teams": told})


@pytest.mark.parametrize("vector", vectors("debriefs", "hindrance"))
def test_a_phase_opens_when_nothing_stands_before_it(vector: dict[str, Any]) -> None:
    hindrance = hindrance_to(Phase(vector["wanted"]), debrief_facts(vector["facts"]))

    found = hindrance and {"reason": hindrance.reason, "teams": [*hindrance.teams]}
    assert found == vector["hindrance"]


@pytest.mark.parametrize("vector", vectors("debriefs", "may"))
def test_a_debrief_goes_one_phase_on_or_any_number_back(vector: dict[str, Any]) -> None:
    current, wanted = Phase(vector["current"]), Phase(vector["wanted"])

    assert may_enter(current, wanted, debrief_facts(vector["facts"])) == vector["may"]


@pytest.mark.parametrize("vector", vectors("debriefs", "counted"))
def test_next_level_items_count_after_a_sealed_prediction(vector: dict[str, Any]) -> None:
    assert counts_next_level(debrief_facts(vector["facts"])) == vector["counted"]


@pytest.mark.parametrize("vector", vectors("debriefs", "checks"))
def test_a_team_cross_checks_another_teams_cards(vector: dict[str, Any]) -> None:
    assert team_to_check(vector["teams"], vector["own"]) == vector["checks"]


@pytest.mark.parametrize("vector", vectors("patterns", "missing"))
def test_a_pattern_is_settled_when_nothing_is_missing(vector: dict[str, Any]) -> None:
    assert missing_of(PatternFacts(**vector["pattern"])) == vector["missing"]


@pytest.mark.parametrize("vector", vectors("patterns", "said"))
def test_one_who_pushed_back_keeps_a_pattern_open(vector: Any):
    assert consensus_of(vector["said"]) == vector["consensus"]


@pytest.mark.parametrize("vector", vectors("patterns", "says_its_subject"))
def test_a_sentence_says_once_whom_it_is_about(vector: dict[str, Any]) -> None:
    assert says_its_subject(vector["statement"], vector["subject"]) == vector["says_its_subject"]


@pytest.mark.parametrize("vector", vectors("patterns", "within_a_sentence"))
def test_a_statement_goes_on_within_a_sentence(vector: dict[str, Any]) -> None:
    assert within_a_sentence(vector["words"]) == vector["within_a_sentence"]


@pytest.mark.parametrize("vector", vectors("patterns", "whole"))
def test_joined_visit_numbers_count_as_one_classroom(vector: dict[str, Any]) -> None:
    assert end_of_joins(vector["classroom"], vector["joined_to"]) == vector["whole"]


@pytest.mark.parametrize("vector", vectors("improvement", "missing"))
def test_an_item_is_whole_when_nothing_is_missing(vector: dict[str, Any]) -> None:
    assert missing_from_item(ItemFacts(**vector["item"])) == vector["missing"]


@pytest.mark.parametrize("vector", vectors("improvement", "state"))
def test_a_check_back_is_said_with_what_was_learned(vector: dict[str, Any]) -> None:
    assert check_back_state(CheckBackFacts(**vector["check"]), vector["today"]) == vector["state"]


@pytest.mark.parametrize("vector", vectors("board", "standing"))
def test_a_card_lies_in_the_group_that_stands_for_its_own(vector: dict[str, Any]) -> None:
    assert standing_group(vector["group"], vector["joined_to"]) == vector["standing"]


@pytest.mark.parametrize("vector", vectors("improvement", "to_place"))
def test_a_summary_tells_what_is_started_with_first_and_then_by_horizon(
    vector: dict[str, Any],
) -> None:
    placed = as_to_be_done(PlaceFacts(**each) for each in vector["to_place"])

    assert placed == vector["placed"]


@pytest.mark.parametrize("vector", vectors("improvement", "chosen"))
def test_at_most_three_things_are_started_with(vector: dict[str, Any]) -> None:
    standing, beyond = chosen_first(FirstFacts(**each) for each in vector["chosen"])

    assert (standing, beyond) == (vector["standing"], vector["beyond"])


@given(
    chosen=st.dictionaries(st.uuids().map(str), st.none() | st.integers(0, 4), max_size=9),
    others=st.dictionaries(st.uuids().map(str), st.integers(0, 4), max_size=3),
    order=st.randoms(use_true_random=False),
)
def test_however_two_lists_merge_three_stand_and_no_choice_is_lost(
    chosen: dict[str, int | None], others: dict[str, int], order: Random
) -> None:
    items = [FirstFacts(id_, place, True) for id_, place in chosen.items()]
    items += [FirstFacts(id_, place, False) for id_, place in others.items() if id_ not in chosen]
    shuffled = order.sample(items, len(items))

    standing, beyond = chosen_first(shuffled)

    assert len(standing) == min(len(chosen), FIRST_ITEMS)
    assert sorted(standing + beyond) == sorted(chosen)
    assert (standing, beyond) == chosen_first(items)
