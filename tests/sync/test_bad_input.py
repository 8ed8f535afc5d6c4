"""Bodies that were cut, packed, twisted or far too long: clear answers, and nothing stored."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import clock
from tests.make import Somebody, a_member, a_network
from tests.sync.talk import a_change, log_of, pull, push, rows_of, statuses, values_of

DATA = Path(os.environ.get("ROUNDS_REAL_DATA", Path(__file__).parents[2] / ".." / "shared/data"))


@pytest.fixture
def ana(app: Flask) -> Somebody:
    return a_member(app, a_network())


def a_body(somebody: Somebody, *changes: Any) -> bytes:
    body = {"network": somebody.network_id, "head": 0, "chain": "", "changes": [*changes]}
    return json.dumps(body).encode()


def send(somebody: Somebody, data: bytes, says: int | None = None, **headers: str) -> TestResponse:
    """says: the length that its header tells, where that is another."""
    length = {} if says is None else {"CONTENT_LENGTH": str(says)}
    return somebody.client.post(
        "/api/v1/push",
        data=data,
        content_type="application/json",
        headers=headers,
        environ_overrides=length,
    )


def test_a_body_that_is_cut_at_any_byte_stores_nothing(ana: Somebody) -> None:
    whole = a_body(ana, *[a_change(ana, set={"text": f"line {n} é"}) for n in range(3)])
    before = len(log_of(ana.network_id))

    for length in range(len(whole)):
        for says in (None, len(whole)):  # Written shorter, or cut on its way.
            answer = send(ana, whole[:length], says)

            assert answer.status_code == (400 if length or says else 411), length
            assert "results" not in answer.json
    assert len(log_of(ana.network_id)) == before
    assert statuses(send(ana, whole).json) == ["applied"] * 3


def test_a_body_shorter_than_it_says_stores_nothing(ana: Somebody) -> None:
    whole = a_body(ana, a_change(ana))
    before = len(log_of(ana.network_id))

    answer = send(ana, whole, len(whole) + 1)

    assert answer.status_code == 400
    assert len(log_of(ana.network_id)) == before


def test_a_packed_body_is_read_and_a_cut_one_is_not(ana: Somebody) -> None:
    packed = gzip.compress(a_body(ana, a_change(ana)))

    assert send(ana, packed[:-5], **{"Content-Encoding": "gzip"}).status_code == 400
    assert statuses(send(ana, packed, **{"Content-Encoding": "gzip"}).json) == ["applied"]


def test_too_much_at_once_is_413_and_the_halves_go_through(ana: Somebody) -> None:
    changes = [a_change(ana) for _ in range(501)]

    assert send(ana, a_body(ana, *changes)).status_code == 413
    assert set(statuses(push(ana, *changes[:250]))) == {"applied"}
    assert set(statuses(push(ana, *changes[250:500]))) == {"applied"}


def test_more_than_two_mebibytes_are_413_packed_or_not(ana: Somebody) -> None:
    body = a_body(ana, *[a_change(ana, set={"text": "x" * 60_000}) for _ in range(36)])

    assert send(ana, body).status_code == 413
    assert send(ana, gzip.compress(body), **{"Content-Encoding": "gzip"}).status_code == 413
    assert len(log_of(ana.network_id)) == 1


def test_a_bomb_is_413(ana: Somebody) -> None:
    bomb = gzip.compress(b'{"network": "' + b"x" * 50_000_000)

    assert send(ana, bomb, **{"Content-Encoding": "gzip"}).status_code == 413


def test_a_body_without_a_length_is_411(ana: Somebody) -> None:
    answer = ana.client.post(
        "/api/v1/push",
        data=None,
        content_type="application/json",
        headers={"Transfer-Encoding": "chunked"},
    )

    assert answer.status_code == 411


@pytest.mark.parametrize(
    "data",
    [
        b" ",
        b"null",
        b"[]",
        b"{}",
        b'{"changes": []}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe",
        b'{"network": NaN}',
        b'{"network": "\\ud800"}',
        b'{"network": 1e999, "head": 0, "chain": "", "changes": []}',
        b'{"network": "x", "head": -1, "chain": "", "changes": []}',
        b'{"network": "x", "head": 0.5, "chain": "", "changes": []}',
        b'{"network": "x", "head": 0, "chain": "", "changes": {}}',
        b'{"network": "x", "head": 0, "chain": "", "changes": [], "more": 1}',
    ],
)
def test_what_is_no_push_gets_one_clear_error(ana: Somebody, data: bytes) -> None:
    answer = send(ana, data)

    assert answer.status_code in (400, 413, 422)
    assert set(answer.json) == {"error"}
    assert answer.json["error"]["code"]
    assert answer.json["error"]["message"]


@pytest.mark.parametrize(
    "asked",
    [
        {"head": 2**80},
        {"head": 0.5},
        {"chain": "x"},
        {"synced": 2**70},
        {"limit": 0},
        {"limit": 1001},
        {"cursors": {"a": "b"}},
        {"cursors": {"a": 2**64}},
        {"cursors": []},
        {"network": "x"},
        {"network": None},
        {"more": 1},
    ],
)
def test_what_is_no_pull_gets_one_clear_error(ana: Somebody, asked: dict[str, Any]) -> None:
    body = {"network": ana.network_id, "head": 0, "chain": "", **asked}

    answer = ana.post("/pull", body)

    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "request.invalid"


def test_nobody_pushes_or_pulls_without_a_session(app: Flask, ana: Somebody) -> None:
    client = app.test_client()
    asked = {"network": ana.network_id, "head": 0, "chain": ""}

    assert client.post("/api/v1/push", json={**asked, "changes": []}).status_code == 401
    assert client.post("/api/v1/pull", json=asked).status_code == 401
    for path in (f"records/{clock.new_id()}/history", "set-aside"):
        assert client.get(f"/api/v1/{path}?network={ana.network_id}").status_code == 401


def come_back(somebody: Somebody, texts: list[str]) -> None:
    """Push every text as a note of its own, 40 a push; pull; compare byte for byte."""
    notes = [a_change(somebody, set={"text": text}) for text in texts]
    for start in range(0, len(notes), 40):
        assert set(statuses(push(somebody, *notes[start : start + 40]))) == {"applied"}
    rows, cursors, more = {}, {}, True
    while more:
        reply = pull(somebody, cursors=cursors)
        rows |= rows_of(reply)
        cursors, more = reply["cursors"], reply["more"]
    for note, text in zip(notes, texts, strict=True):
        assert values_of(rows[note["record"]], "text") == [text]


def test_every_naughty_string_comes_back_unchanged(ana: Somebody) -> None:
    path = DATA / "vectors/blns.json"
    if not path.exists():
        pytest.skip("no real data")
    texts = json.loads(path.read_text())
    assert len(texts) > 500

    come_back(ana, [text for text in texts if "\x00" not in text])


def test_every_real_note_comes_back_unchanged(ana: Somebody) -> None:
    path = DATA / "notes/uptake_notes_import.csv"
    if not path.exists():
        pytest.skip("no real data")
    with path.open(newline="", encoding="utf-8") as file:
        texts = [row["note_text"] for row in csv.DictReader(file)]
    assert len(texts) == 4_492

    come_back(ana, texts)
