"""How deep a body is, is told without reading it: as deep as it is, whatever stands in it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.api.body import MAX_DEPTH, check_depth
from server.errors import Malformed

TEXTS = st.text('[]{}"\\\n:,x', max_size=6)
VALUES = st.recursive(
    st.one_of(st.none(), st.integers(0, 9), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


def _depth_of(value: Any) -> int:
    if isinstance(value, dict):
        value = [*value.values()]
    if not isinstance(value, list):
        return 0
    return 1 + max(map(_depth_of, value), default=0)


@settings(database=None, deadline=None)
@given(value=VALUES, around=st.integers(MAX_DEPTH - 5, MAX_DEPTH + 1), key=TEXTS)
def test_a_body_is_refused_exactly_when_it_is_too_deep(value: Any, around: int, key: str) -> None:
    for at in range(around):
        value = {key: value} if at % 2 else [value]
    data = orjson.dumps(value)

    if _depth_of(value) > MAX_DEPTH:
        with pytest.raises(Malformed):
            check_depth(data)
    else:
        check_depth(data)
