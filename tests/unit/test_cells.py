"""Cells that a spreadsheet would run, and the way back."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.cells import neutralise, restore

VECTORS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "vectors"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-3", "@SUM(A1)", "\t=1", "\r=1", " =1", " \r", "\uff1d1"]
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", 'T: "Why?"', "3 - 2", "'quoted'", "a=b", "12:05"])
def test_other_text_is_left_as_it_was_said(text):
    assert neutralise(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n a3\uff1d")))
def test_taking_it_back_gives_exactly_what_was_there(text):
    assert restore(neutralise(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n a3")))
def test_no_neutral_cell_begins_as_a_formula(text):
    assert neutralise(text).lstrip(" ")[:1] not in {*"=+-@\t\r\n"}


def test_hostile_and_naughty_strings_are_harmless_and_come_back():
    if not VECTORS.exists():
        pytest.skip("skipped: no real data")
    hostile = (VECTORS / "csv_injection_payloadbox.txt").read_text().splitlines()
    naughty = json.loads((VECTORS / "blns.json").read_text())

    assert all(neutralise(text).startswith("'") for text in hostile if text[0] in "=+-@")
    assert [restore(neutralise(text)) for text in naughty] == naughty
