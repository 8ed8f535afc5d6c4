"""What a card says of its classroom (rule 15): the same on the server as on the tablet."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.evidence import CardFacts, ClassroomFacts, card_facts

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "evidence.json").read_text(encoding="utf-8")
)
ROOMS = st.lists(
    st.tuples(
        st.sampled_from(["3_5", "6_8", None]),
        st.sampled_from(["math", "science", None]),
        st.frozensets(st.sampled_from(["inclusion", "advanced"])),
    ),
    min_size=1,
    max_size=16,
)


def a_room(given: dict) -> ClassroomFacts:
    return ClassroomFacts(**{**given, "context": frozenset(given["context"])})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_server_and_tablet_say_the_same_of_a_classroom(vector):
    said = card_facts([a_room(room) for room in vector["visited"]])

    assert said == {
        room: CardFacts(facts["grade_band"], facts["subject"], tuple(facts["context"]))
        for room, facts in vector["said"].items()
    }


@given(ROOMS)
@settings(max_examples=300, deadline=None)
def test_whoever_reads_a_card_is_left_with_three_classrooms_or_more(rooms):
    visited = [ClassroomFacts(f"v{n:02}", *room) for n, room in enumerate(rooms)]

    said = card_facts(visited)

    alike = Counter(said.values())
    assert min(alike.values()) >= min(3, len(rooms))


@given(ROOMS)
@settings(deadline=None)
def test_nothing_is_said_that_is_not_so(rooms):
    visited = [ClassroomFacts(f"v{n:02}", *room) for n, room in enumerate(rooms)]

    for room_id, facts in card_facts(visited).items():
        room = next(each for each in visited if each.id == room_id)
        assert facts.grade_band in (None, room.grade_band)
        assert facts.subject in (None, room.subject)
        assert set(facts.context) <= room.context
