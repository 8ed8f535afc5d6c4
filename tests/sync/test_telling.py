"""What is told of a record is the same, however it was spelled."""

from __future__ import annotations

import orjson
from hypothesis import given
from hypothesis import strategies as st

from server.sync.registers import empty_state, merge
from server.sync.telling import row_of, tell_head
from tests.sync.talk import Json

ANA, BEN = "a" * 8 + "-aaaa-4aaa-8aaa-" + "a" * 12, "b" * 8 + "-bbbb-4bbb-8bbb-" + "b" * 12
ROUND = "c" * 8 + "-cccc-4ccc-8ccc-" + "c" * 12
TRICKY = f'"by":"{BEN}","made_at":"2026-11-22T09:14:03Z"'
"""Words that look like what is to be left out."""

texts = st.one_of(
    st.just(TRICKY),
    st.just(TRICKY.replace('"', '\\"')),
    st.just("\\" + TRICKY),
    st.text(st.characters(exclude_categories=["Cs"])),
)
changes = st.tuples(
    st.uuids(version=4).map(str),
    st.sampled_from([ANA, BEN]),
    st.dictionaries(st.sampled_from(["text", "context", "statement"]), texts, min_size=1),
)


def a_record(sent: list[tuple[str, str, dict[str, str]]]) -> Json:
    state = empty_state()
    for change_id, author, values in sent:
        change = {
            "id": change_id,
            "set": values,
            "seen": {name: [] for name in values},
            "depth": dict.fromkeys(values, 1),
            "by": author,
            "made_at": "2026-11-22T09:14:03.123Z",
        }
        merge(state, change, ())
    return state


def told_slowly(state: Json, shows_author: bool) -> Json:
    fields = orjson.loads(orjson.dumps(state["fields"]))
    for heads in fields.values():
        for head in heads:
            tell_head(head, ANA, shows_author)
    return fields


@given(st.lists(changes, min_size=1, max_size=4, unique_by=lambda each: each[0]))
def test_no_words_of_a_person_change_what_is_told_of_a_record(sent):
    state = a_record(sent)
    stored = orjson.dumps(state).decode()

    for kind, shows_author in (("card", False), ("problem_of_practice", True)):
        row = row_of((ROUND, kind, 7, 1, False, stored), f"round:{ROUND}", ANA)

        assert orjson.loads(orjson.dumps(row))["fields"] == told_slowly(state, shows_author)


def test_a_record_that_waits_for_an_earlier_version_tells_nothing_of_it():
    state = {**a_record([(ROUND, BEN, {"text": "one"})]), "missing": {"text": [BEN]}}
    stored = orjson.dumps(state).decode()

    row = row_of((ROUND, "card", 7, 1, False, stored), f"round:{ROUND}", ANA)

    assert BEN not in orjson.dumps(row).decode()
    assert row["fields"] == told_slowly(state, shows_author=False)
