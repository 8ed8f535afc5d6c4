"""Rule 5: who said *we agree* and who said *not yet* is told to nobody, in nothing that is read.

Two people speak on patterns of a round that its host opened. Everything that others can then
read is read: what their devices are given, every page, every file in every form, the page
behind a link. A second screen has its own test in test_screens, the views for BI tools in
tests/sync/test_bi_views, a tablet beside theirs in tests/browser/test_who_agreed.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pypdf
import pytest

from server.services.exports.making import MIMETYPES
from server.services.exports.tables import TABLES
from tests.api.test_patterns import Demo, demo, played, settings
from tests.sync.talk import pull, rows_of

__all__ = ["demo", "played", "settings"]

QUESTION = "Is it one task or are they two?"
SPEAKERS = ("sam", "kim")
"""Visitors of the demo's first round: the one says not yet, the other says so and then agrees."""


@pytest.fixture
def spoken(demo: Demo) -> Demo:
    still_open, agreed = [each.id for each in demo_patterns(demo)]
    say(demo, "sam", still_open, consensus="not_yet", open_question=QUESTION)
    say(demo, "kim", agreed, consensus="not_yet", open_question=QUESTION)
    say(demo, "kim", agreed, consensus="agree")
    return demo


def say(demo: Demo, key: str, pattern: str, **said: Any) -> None:
    """As somebody who sees all that was said before."""
    stands = next(each for each in demo.records("pattern", 0) if each.id == pattern)
    demo.write(key, stands, **said)


def secrets_of(demo: Demo) -> list[str]:
    """By what each of them could be known."""
    told = [each for each in demo.told["accounts"] if each["email"].split("@")[0] in SPEAKERS]
    people = [demo.somebody(key).person_id for key in SPEAKERS]
    return [*people, *(each[name] for each in told for name in ("member_id", "name", "email"))]


def read_by(demo: Demo, key: str) -> Iterator[tuple[str, str]]:
    """What of the round's patterns reaches one reader: where, and in which words."""
    somebody, network = demo.somebody(key), demo.network_id
    given = [row for row in pull(somebody, limit=1000)["rows"] if row["kind"] == "pattern"]
    yield "pull", json.dumps(given)
    for row in given:
        history = somebody.get(f"/records/{row['id']}/history?network={network}")
        yield "history", history.text
    for page in ("", "/contexts", "/then-and-now"):
        yield f"patterns{page}", somebody.get(f"{demo.path}{page}").text
    for finding in somebody.get(demo.path).json["findings"]:
        yield "evidence", somebody.get(f"{demo.path}/findings/{finding['id']}/evidence").text
    for path in (f"/set-aside?network={network}", "/me/data", "/me/data?format=html"):
        yield path, somebody.get(path).text
    yield "register", somebody.get(f"/networks/{network}/exports").text


def files(demo: Demo) -> Iterator[tuple[str, str]]:
    analyst = demo.somebody("analyst")
    for form in MIMETYPES:
        yield form, words_in(form, analyst.get(f"{demo.path}/export?format={form}").data)
    for table in TABLES:
        answer = analyst.get(f"{demo.path}/table?table={table.name}&format=csv")
        yield table.name, words_in("csv", answer.data)


def words_in(form: str, content: bytes) -> str:
    """All that a program finds in a file, and what the file says of itself."""
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode() for name in parts.namelist())
    if form == "parquet":
        table = pq.read_table(io.BytesIO(content))
        return f"{table.to_pylist()} {table.schema.metadata}"
    if form == "pdf":
        pdf = pypdf.PdfReader(io.BytesIO(content))
        return f"{pdf.metadata} " + " ".join(page.extract_text() for page in pdf.pages)
    return content.decode("utf-8-sig")


@pytest.mark.parametrize("key", ["lead", "host of the round", "jo", "analyst"])
def test_no_reader_is_told_who_agreed_and_who_said_not_yet(spoken: Demo, key: str):
    secrets = secrets_of(spoken)
    host = spoken.told["rounds"][0]["host"].partition("@")[0]

    read = [*read_by(spoken, host if key == "host of the round" else key)]

    assert not [(where, each) for where, words in read for each in secrets if each in words]
    if key != "analyst":
        words = dict(read)
        assert QUESTION in words["pull"], "what is still open is told"
        assert '"not_yet"' in words["pull"]


@pytest.mark.parametrize("key", ["lead", "jo"])
def test_no_reader_is_told_at_what_time_of_the_day_it_was_said(spoken: Demo, key: str):
    said = {each.id for each in demo_patterns(spoken)}
    rows = rows_of(pull(spoken.somebody(key), limit=1000))

    told = [head for each in said for head in rows[each]["fields"]["consensus"]]

    assert len(told) == len(said) == 2
    assert not [head for head in told if "by" in head or "T" in head["made_at"]]


def demo_patterns(demo: Demo) -> list[Any]:
    """Those that somebody spoke on."""
    return demo.records("pattern", 0)[:2]


def test_no_file_says_who_agreed_and_who_said_not_yet(spoken: Demo):
    secrets = secrets_of(spoken)

    read = [*files(spoken)]

    assert len(read) == len(MIMETYPES) + len(TABLES)
    assert all(words for _, words in read)
    assert not [(form, each) for form, words in read for each in secrets if each in words]
    assert not [form for form, words in read if QUESTION in words], "what is open stays inside"


def test_the_page_behind_a_link_does_not_say_who_agreed(spoken: Demo):
    round_ = spoken.told["rounds"][0]
    host = spoken.somebody(round_["host"].partition("@")[0])
    summary = next(each for each in spoken.records("return_summary", 0))
    spoken.write(round_["host"].partition("@")[0], summary, **{"opened/public": True})
    path = f"/networks/{spoken.network_id}/rounds/{round_['id']}/summary-pages"

    made = host.post(path, {"audience": "public"})
    page = spoken.app.test_client().get("/open/" + made.json["link"].partition("/open/")[2])

    assert page.status_code == 200
    assert "In many of the classrooms" in page.text
    assert not [each for each in secrets_of(spoken) if each in page.text]
    assert QUESTION not in page.text
