"""What a field accepts at first sight is what marshmallow would load: no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from schemas.base import check_set
from schemas.kinds import KINDS
from schemas.sync import PullBody, PushHeader

AN_ID = "aaaaaaaa-0000-4000-8000-000000000001"
WORDS = ["teacher", "student", "posted", "few", "", "0", "true", "\x00", AN_ID]
WORDS += ["2026-11-22", "09:05", "é" * 20_000, "x" * 70_000]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.integers(0, 50),
    st.text(max_size=20),
    st.sampled_from(
        [*WORDS, "\x00", "2026-11-22", "09:05", "aaaaaaaa-0000-4000-8000-000000000001"]
    ),
    st.floats(allow_nan=False),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(database=None, deadline=None)
@given(value=VALUES)
def test_first_sight_and_loading_agree(kind: str, value: Any) -> None:
    schema = KINDS[kind]()

    for name, field in schema.fields.items():
        accepts = getattr(field, "accepts", None)
        if accepts is not None and accepts(value):
            assert not _refuses(schema, name, value), (name, value)
            assert check_set(kind, {name: value}) == {}


def _refuses(schema: Any, name: str, value: Any) -> bool:
    try:
        schema.load({name: value}, partial=True)
    except ValidationError:
        return True
    return False


def test_most_fields_can_tell_at_first_sight() -> None:
    note = KINDS["note"]()

    for name, value in {"text": "T: Why?", "element": "teacher", "minute": 7}.items():
        assert note.fields[name].accepts(value)  # type: ignore[attr-defined]


def test_a_card_can_be_put_back_to_where_it_lay_before_its_first_move() -> None:
    assert check_set("card", {"position": None}) == {}


NETWORK = st.sampled_from([AN_ID, AN_ID.upper(), "", 7, None])
NUMBERS = st.one_of(st.integers(-3, 3), st.sampled_from([True, None, 1.0, 1_000, 1_001, 2**53]))
CHAINS = st.sampled_from(["", "a" * 64, "a" * 63, "G" * 64, "a" * 64 + "\n", None, 1])
PARTS = {
    "network": NETWORK,
    "head": NUMBERS,
    "chain": CHAINS,
    "synced": NUMBERS,
    "grants": CHAINS,
    "cursors": st.one_of(st.none(), st.dictionaries(st.text(max_size=3), NUMBERS, max_size=2)),
    "limit": NUMBERS,
    "changes": st.sampled_from([[], [{}], None, {}]),
    "more": NUMBERS,
}
GOOD = {"network": AN_ID, "head": 3, "chain": "a" * 64}


@pytest.mark.parametrize("schema", [PushHeader(), PullBody()])
@settings(database=None, deadline=None, max_examples=300)
@given(given=st.fixed_dictionaries({}, optional=PARTS), good=st.booleans())
def test_a_body_that_is_good_at_first_sight_is_what_loading_gives(
    schema: PushHeader | PullBody, given: Any, good: bool
) -> None:
    body = {**given, **GOOD} if good else given

    plain = schema.at_first_sight(body)

    if plain is not None:
        assert schema.load(body) == plain


def test_what_tablets_send_is_good_at_first_sight() -> None:
    asked = {"synced": 3, "grants": "b" * 64, "cursors": {f"own:{AN_ID}": 3}}

    assert PushHeader().at_first_sight({**GOOD, "changes": [{}]})
    assert PullBody().at_first_sight({**GOOD, **asked})
