"""Patterns of a network of many years: read page by page, written row by row."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from schemas.vocabulary import GradeBand, ProgramContext, SchoolSubject
from server.db import reading
from server.services.exports.content import Filter, Found
from server.services.exports.making import Wanted, make_file, today_in
from server.services.narrow_findings import narrowed
from server.services.patterns import Reader, find_findings, find_patterns
from tests.make import Somebody, a_member, a_network
from tests.wide_network import ITEM, ITEMS, Wide, fill_widely

TEXTS = [f"T: task {number}, {'word ' * 800}" for number in range(97)]
WIDE = Wide(rounds=60, patterns=5, cards=8, texts=TEXTS)
CARDS = WIDE.rounds * WIDE.patterns * WIDE.cards
MOST_KEPT = 4 * 1024 * 1024
"""Bytes. The texts alone are more than twice that."""

SEVERAL_THINGS = [
    Filter(words="task 13"),
    Filter(grade_band=GradeBand.GRADES_6_8),
    Filter(grade_band=GradeBand.GRADES_6_8, subject=SchoolSubject.MATH),
    Filter(subject=SchoolSubject.MATH, context=ProgramContext.ADVANCED),
    Filter(words="13", grade_band=GradeBand.GRADES_6_8, context=ProgramContext.ADVANCED),
]


@pytest.fixture(scope="module")
def analyst(app: Flask) -> Somebody:
    network_id = a_network("A network of many years")
    fill_widely(network_id, WIDE)
    return a_member(app, network_id, "analyst")


def pages(analyst: Somebody, query: str = "") -> Iterator[dict[str, Any]]:
    path = f"/networks/{analyst.network_id}/patterns"
    page = analyst.get(f"{path}?language=en{query}").json
    yield page
    while page["more"]:
        page = analyst.get(f"{path}/findings?language=en{query}&after={page['more']}").json
        yield page


def test_page_by_page_everything_is_read_once_and_in_order(analyst):
    read = [finding for page in pages(analyst) for finding in page["findings"]]

    assert len({finding["id"] for finding in read}) == len(read) == WIDE.rounds * WIDE.patterns
    places = [(each["element"], each["subject"], each["statement"][:64]) for each in read]
    assert places == sorted(places)


@pytest.mark.parametrize(("of", "key"), [("next-level", "text"), ("read-alike", "question")])
def test_page_by_page_what_comes_next_and_how_alike_it_was_read_are_read_once(analyst, of, key):
    path, name = f"/networks/{analyst.network_id}/patterns", of.replace("-", "_")
    page = analyst.get(f"{path}?language=en").json
    read, lengths = [*page[name]], [len(page[name])]
    while page[f"{name}_more"]:
        page = analyst.get(f"{path}/{of}?after={page[f'{name}_more']}").json
        read += page[name]
        lengths.append(len(page[name]))

    with analyst.get(f"{path}/export?format=json&language=en") as file:
        left = file.json[name]
    assert read == [{key: each[key] for key in each if key != "id"} for each in left], (
        "a file's rows have an id beside what the page says"
    )
    assert len(lengths) > 1
    assert max(lengths) == lengths[0] < len(read)
    once = {"text": ITEMS, "question": len(read)}
    assert len({each[key] for each in read}) == once[key]


def test_what_comes_next_is_read_in_order_of_its_level_and_its_day(analyst):
    items = analyst.get(f"/networks/{analyst.network_id}/patterns?language=en").json["next_level"]

    assert [item["text"] for item in items] == sorted(item["text"] for item in items)
    assert {item["text"] for item in items} == {f"{ITEM['text']}, 0"}


def test_a_choice_narrows_every_page_and_all_evidence_behind_a_finding(analyst):
    query = "&element=task&grade_band=6_8&subject=math"
    read = [finding for page in pages(analyst, query) for finding in page["findings"]]

    assert read
    assert {finding["element"] for finding in read} == {"task"}
    shown = {(one["grade_band"], one["subject"]) for each in read for one in each["evidence"]}
    assert shown == {("6_8", "math")}


def test_what_several_things_are_asked_of_stands_on_one_card_that_is_all_of_them(analyst):
    with reading(analyst.network_id, one_moment=True) as tx:
        reader, today = Reader(analyst.network_id, None), today_in(tx, analyst.network_id)
        everything = [*find_findings(tx, reader, Filter(), today)]
        for asked in SEVERAL_THINGS:
            found = {each.id for each in find_findings(tx, reader, asked, today)}

            assert found == {each.id for each in narrowed(everything, asked)}, asked
            assert 0 < len(found) < len(everything), asked


def test_of_each_finding_the_first_evidence_is_shown_and_the_rest_is_one_request_away(analyst):
    first = next(pages(analyst))["findings"][0]
    path = f"/networks/{analyst.network_id}/patterns/findings/{first['id']}/evidence"

    everything = analyst.get(path).json["evidence"]

    assert first["is_cut"]
    assert len(everything) == WIDE.cards > len(first["evidence"])
    assert everything[: len(first["evidence"])] == first["evidence"]


@pytest.mark.parametrize("after", ["x", "e30", "WzFd", "AB8fHw", "!!!!"])
def test_a_place_that_no_answer_named_is_refused_by_name(analyst, after):
    answer = analyst.get(f"/networks/{analyst.network_id}/patterns/findings?after={after}")

    assert answer.status_code == 422
    assert answer.json["error"]["field"] == "after"


def test_a_search_of_signs_that_become_many_words_is_answered(analyst):
    path = f"/networks/{analyst.network_id}/patterns"

    assert analyst.get(path, query_string={"words": "\ufdfa" * 200}).json["findings"] == []


def test_evidence_of_a_finding_that_is_not_opened_to_the_asker_is_not_found(app, analyst):
    first = next(pages(analyst))["findings"][0]
    stranger = a_member(app, a_network("Another network"), "analyst")

    for asker in (stranger, analyst):
        path = f"/networks/{asker.network_id}/patterns/findings/{first['id']}/evidence"
        answer = asker.get(f"{path}?begins_on=2090-01-01")
        assert answer.status_code == 404


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "xlsx"])
def test_a_file_is_never_in_memory_whole(app, analyst, tmp_path, form):
    with reading(analyst.network_id, one_moment=True) as tx:
        reader = Reader(analyst.network_id, None, to_take_away=True)
        found = find_patterns(tx, reader, Filter(), today_in(tx, analyst.network_id))
        assert found.findings.size().evidence == CARDS
        assert len(TEXTS[0]) * CARDS > 2 * MOST_KEPT
        kept = peak_of(found, form, tmp_path)

    assert kept < MOST_KEPT


def peak_of(found: Found, form: str, folder: Any) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        with make_file(found, Wanted(form), folder) as file:
            assert file.seek(0, 2) > 50_000
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
