"""What changed at this school since the autumn? Where its host opened that, by its name."""

import io
from typing import Any

import openpyxl
import pytest

from server.db import writing
from server.domain.identifiers import return_summary_id, revisit_id
from server.messages import say
from server.services.exports.content import Filter
from server.services.exports.making import Wanted
from server.services.ordered_files import make_ordered_files, order_file
from tests.api.test_patterns import Demo, demo, played, settings

__all__ = ["demo", "played", "settings"]

MEADOW = 0
"""The demo's round whose host opened then and now by name."""


def pairs(demo: Demo, key: str = "analyst") -> list[dict[str, Any]]:
    answer = demo.somebody(key).get(f"{demo.path}/then-and-now?language=en")
    assert answer.status_code == 200, answer.json
    return answer.json["pairs"]


def host_of(demo: Demo, place: int) -> str:
    return demo.told["rounds"][place]["host"].partition("@")[0]


def summarise(demo: Demo, place: int, **set_: Any) -> None:
    """Written by the host in the round's one summary."""
    round_id = demo.told["rounds"][place]["id"]
    summary = next(
        each
        for each in demo.records("return_summary", place)
        if each.id == return_summary_id(round_id)
    )
    demo.write(host_of(demo, place), summary, **set_)


def round_of(demo: Demo, place: int) -> Any:
    round_id = demo.told["rounds"][place]["id"]
    return next(each for each in demo.records("round", place) if each.id == round_id)


def test_what_changed_at_a_school_is_read_from_the_screen_and_the_same_from_the_workbook(demo):
    told = pairs(demo)

    answer = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx&language=en")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["Then and now"]
    headings, *rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert len(told) >= 3
    assert headings[-1] == "Id of then and now"
    assert [words for *words, _ in rows] == [
        [p["school"], p["then_in"], p["then"], p["now_in"], p["now"] or "", p["words"]]
        for p in told
    ]
    assert len({p["school"] for p in told}) == 1
    assert all(p["words"] for p in told)


@pytest.mark.parametrize("language", ["en", "es"])
def test_that_a_sentence_under_a_name_leads_to_its_evidence_is_told_to_reader_and_host(
    demo, language
):
    pair = demo.somebody("analyst").get(f"{demo.path}/then-and-now?language={language}").json
    found = demo.somebody("analyst").get(f"{demo.path}?language={language}").json["findings"]
    answer = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx&language={language}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))

    behind = [each["evidence"] for each in found if each["sentence"] == pair["pairs"][0]["then"]]
    assert all(behind), "so it is: a test that it can be read together, not that it should be"
    assert behind
    told = say("exports.then_and_now_note", language)
    first = book[say("exports.sheet.read_first", language)]
    assert told in str([cell.value for row in first.iter_rows() for cell in row])
    for words in (told, say("improvement.by_name_lead", language)):
        assert {"en": "word for word", "es": "palabra por palabra"}[language] in words
        assert {"en": "evidence", "es": "evidencia"}[language] in words


def test_a_school_stands_by_name_only_for_whom_its_host_opened_that(demo):
    assert pairs(demo, "lead")

    summarise(demo, MEADOW, **{"then_and_now/district": False})
    assert not pairs(demo)
    assert pairs(demo, "lead")

    summarise(demo, MEADOW, **{"then_and_now/district": True, "opened/district": False})
    assert not pairs(demo), "by its name, but not opened at all"
    content = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx").data
    assert "Then and now" not in openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def not_by_name(demo: Demo, key: str = "analyst") -> int:
    answer = demo.somebody(key).get(f"{demo.path}/then-and-now?language=en")
    return answer.json["not_by_name_count"]


def test_how_many_rounds_have_no_part_in_it_is_said_on_screen_and_in_the_workbook(demo):
    readable = demo.ask("analyst")["rounds_count"]
    assert not_by_name(demo) == readable - 1 == 1

    content = demo.somebody("analyst").get(f"{demo.path}/export?format=xlsx&language=en").data
    note = openpyxl.load_workbook(io.BytesIO(content))["Then and now"]["A1"].comment.text
    assert "1 round that you may read has no part in this: its host has not opened" in note
    assert "Which round it is, and of which school, is not told." in note

    summarise(demo, MEADOW, **{"then_and_now/district": False})
    assert not_by_name(demo) == readable


def test_whether_two_rounds_are_of_one_school_changes_nothing_of_how_many_have_no_part(demo):
    """Rounds are counted and no schools: else 0 would say that the other round is the same's."""
    before = not_by_name(demo)

    demo.write("lead", round_of(demo, 1), host_school=round_of(demo, 0).get("host_school"))

    assert not_by_name(demo) == before


def test_a_round_opened_by_name_of_which_nothing_is_written_counts_as_the_others_do(demo):
    before = not_by_name(demo)

    summarise(demo, 1, **{"then_and_now/district": True})

    assert not_by_name(demo) == before


def test_only_the_host_opens_a_school_by_name(demo):
    summary = demo.records("return_summary", MEADOW)[0]
    summarise(demo, MEADOW, **{"then_and_now/district": False})

    with pytest.raises(ValueError, match="access then_and_now"):
        demo.write("lead", summary, **{"then_and_now/district": True})
    assert not pairs(demo)


def test_a_file_of_a_part_names_no_school(demo):
    for query in ("element=task", "words=ratio", "begins_on=2020-01-01"):
        path = f"{demo.path}/export?format=json&{query}"
        assert demo.somebody("analyst").get(path).json["then_and_now"] == []


def test_words_in_which_somebody_may_be_named_stay_until_the_host_looked(demo):
    (now, *_) = demo.records("pattern_now", MEADOW)
    demo.write("lead", now, text="Ms. Placeholder waits longer now")

    assert len(pairs(demo)) >= 2
    assert not [p for p in pairs(demo) if "Placeholder" in p["words"]]


def test_a_second_visit_stands_beside_the_first_only_where_both_are_opened_by_one_schools_name(
    demo,
):
    first, second = round_of(demo, 0), round_of(demo, 1)
    (_, chosen) = next(
        (p, p.id) for p in demo.records("pattern", 1) if (p.get("form") or "pattern") == "pattern"
    )
    revisit = next(each for each in demo.records("revisit", 0) if each.id == revisit_id(first.id))
    demo.write("lead", revisit, form="second_visit", second_round=second.id)
    for now in demo.records("pattern_now", 0):
        demo.write("lead", now, second_pattern=chosen, text="")
    summarise(demo, 1, **{"then_and_now/district": True, "then_and_now/network": True})

    assert not pairs(demo, "lead"), "rounds of two schools are never set beside each other"

    demo.write("lead", second, host_school=first.get("host_school"))
    told = pairs(demo, "lead")
    assert len(told) >= 3
    assert len({p["now"] for p in told}) == 1
    assert all(p["now"] for p in told)

    summarise(demo, 1, **{"then_and_now/network": False})
    assert not pairs(demo, "lead")


def test_a_file_that_names_a_school_goes_away_when_its_host_closes_that(demo, settings):
    network_id = demo.network_id
    analyst, member = demo.somebody("analyst"), demo.member("analyst")
    path = f"{demo.path}/files"
    for words in (None, "ratio"):
        with writing(network_id) as tx:
            order_file(tx, network_id, member, Wanted("json"), Filter(words=words))
    make_ordered_files(settings)
    files = {bool(file["filter"]): file["id"] for file in analyst.get(path).json["files"]}
    assert "Demo Meadow" in analyst.get(f"{path}/{files[False]}").text

    summarise(demo, MEADOW, **{"then_and_now/district": False})

    assert analyst.get(f"{path}/{files[False]}").status_code == 410
    assert analyst.get(f"{path}/{files[True]}").status_code == 200, "it names no school"
